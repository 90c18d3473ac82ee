// The hand-in without network: what this phone shows, and what the code that is read out cannot carry.
(function (K) {
  "use strict";
  const MINUTE = 60000;

  const answers = (journal) => {
    const found = {};
    const known = journal.base.answers;
    Object.keys(known).forEach((n) => (found[n] = known[n].a));
    journal.events.slice().sort((one, other) => one.s - other.s).forEach(({ s, k, n, a }) => {
      if (k === "jawab" && s > (journal.base.ack || 0)) found[n] = a;
    });
    return found;
  };

  // When it was handed in, or when the time ran out.
  const ended = (journal, clock) => {
    const last = journal.events.filter(({ k, s }) => k === "selesai" && s > (journal.base.ack || 0)).pop();
    const { elapsed, remaining } = clock.read();
    return last ? last.t : Math.max(0, elapsed + Math.min(0, remaining));
  };

  // {code, groups, cannot: numbers on this phone of answers that the code leaves out, qr: texts}
  K.handIn = (journal, items, badge, clock) => {
    const found = answers(journal);
    const answerOf = (item) => (found[item.n] === undefined ? null : found[item.n]);
    const facts = {
      last: journal.last,
      minute: Math.floor(ended(journal, clock) / MINUTE),
      secret: badge.secret,
      device: journal.device,
    };
    const groups = K.codeGroups(items, answerOf, facts);
    const cannot = items.map((item, index) => (!K.canSay(item) && answerOf(item) !== null ? index + 1 : 0));
    return {
      code: groups.join(" "),
      groups,
      cannot: cannot.filter(Boolean),
      qr: K.entryTexts(journal, badge.secret),
    };
  };
})(window.Kapuas);
