// The entries that have not arrived, as texts for pictures: every kind of question, in numbered parts.
(function (K) {
  "use strict";
  const LONGEST = 640;
  const HEAD = 110;

  const ascii = (text) =>
    text.replace(/[^\x20-\x7e]/g, (letter) => "\\u" + ("000" + letter.charCodeAt(0).toString(16)).slice(-4));

  // [number, answer, milliseconds since the entry before, unsure]: a flag is true or false, a hand-in null of 0.
  const short = (event, before) => {
    const written = [event.n || 0, event.a, event.t - before];
    return ascii(JSON.stringify(event.u ? written.concat(1) : written));
  };

  // Parts as {from, texts}; times begin anew in each, so that each can be read alone.
  const parted = (events) => {
    const parts = [];
    let room = 0;
    let before = 0;
    events.forEach((event) => {
      let text = short(event, before);
      if (text.length + 1 > room) {
        parts.push({ from: event.s, texts: [] });
        room = LONGEST - HEAD;
        text = short(event, 0);
      }
      parts[parts.length - 1].texts.push(text);
      room -= text.length + 1;
      before = event.t;
    });
    return parts;
  };

  // All that this phone holds if one picture takes it, else what has not arrived.
  const chosen = (journal) => {
    const order = (list) => list.slice().sort((one, other) => one.s - other.s);
    const all = parted(order(journal.events.filter((event) => event.s > (journal.base.ack || 0))));
    const rest = parted(order(journal.held || journal.pending));
    return all.length === 1 || !rest.length ? all : rest;
  };

  K.entryTexts = (journal, secret) => {
    const parts = chosen(journal);
    const attempt = journal.attempt.replace(/-/g, "");
    return parts.map(({ from, texts }, index) => {
      const head = JSON.stringify([attempt, journal.device, index + 1, parts.length, from]).slice(0, -1);
      const body = head + ",[" + texts.join(",") + "]]";
      return "KQ1" + K.hex(K.hmac(secret, "qr|" + body)).slice(0, 16) + body;
    });
  };
})(window.Kapuas);
