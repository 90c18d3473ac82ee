// A day of one phone's journal: the real store, journal and sender against a server of a few lines.
// `tell(story)` plays a list of steps and returns what went wrong, in words, or null.
(function (K) {
  "use strict";
  const moved = new Set();
  const full = IDBObjectStore.prototype.add;
  let tabs, server, past, network, spare, kept, troubles, number = 0, held = [];

  IDBObjectStore.prototype.add = function (value, key) {
    return network.full ? this.transaction.abort() : full.call(this, value, key);
  };

  // What the server does with a batch: a number once, no hole, no other content.
  const take = ({ events }) => {
    const stored = server.slice();
    for (const event of events) {
      const twin = stored[event.s - 1];
      if (twin && JSON.stringify(twin) !== JSON.stringify(event)) return { status: 409, body: { galat: "bentrok" } };
      if (!twin && event.s !== stored.length + 1) return { status: 409, body: { galat: "lompat", ack: server.length } };
      if (!twin) stored.push(event);
    }
    server = stored;
    const safe = spare ? { safe: spare.length } : {};
    return { status: 200, body: Object.assign({ ack: server.length, epoch: network.epoch }, safe) };
  };

  window.fetch = (address, { body }) => {
    if (network.state === "mati") return Promise.reject(new TypeError("offline"));
    const { epoch, events } = JSON.parse(body);
    const { status, body: reply } = take({ events, epoch });
    if (network.state === "balasan hilang") return Promise.reject(new TypeError("lost"));
    const response = { ok: status === 200, status, text: async () => JSON.stringify(reply) };
    return network.state === "lambat" ? new Promise((done) => held.push(() => done(response))) : Promise.resolve(response);
  };

  const everything = () => past.concat(server);

  const fold = () => {
    const answers = {};
    everything().forEach(({ k, n, a }) => {
      answers[n] = answers[n] || { a: null, r: false };
      answers[n][k === "jawab" ? "a" : "r"] = a;
    });
    return answers;
  };

  const open = async (base) => {
    const journal = new K.Journal(await K.openStore(), "hari-" + number, "hp" + past.length, base);
    await journal.load();
    const tab = { journal };
    const trouble = async ({ status, body }) => {
      if (status && body.galat !== "lompat") troubles.push(body.galat);
      if (body.galat === "ketinggalan") tab.behind = true;
      if (body.galat === "bentrok") tab.clashed = true;
    };
    tab.sender = new K.Sender(journal, new K.Clock(), "rahasia", () => {}, trouble);
    tab.sender.wake = () => {};
    tab.sender.stop();
    return tab;
  };

  // A phone that learns that it lost entries goes on from the server's answers, as the door does.
  const again = async (place, base) => (tabs[place] = await open(base || tabs[place].journal.base));

  // A phone whose numbers hold something else there goes on under a new name, and carries the rest over.
  const move = async (tab) => {
    const carried = tab.journal.pending;
    [past, server] = [everything(), []];
    tabs[0] = await open({ answers: fold(), ack: 0 });
    for (const { k, n, a, t, u } of carried) await tabs[0].journal.add({ k, n, a, t, u });
    carried.forEach((event) => moved.add(JSON.stringify(event)));
  };

  const write = (tab, k, n, a) =>
    tab.journal.add({ k, n, a, t: 1, u: 0 }).then((event) => kept.push({ event, tab, inStore: tab.journal.isKept(event) }));

  const steps = {
    pilih: ({ tab, n, a }) => write(tabs[tab], "jawab", n, a),
    ragu: ({ tab, n, a }) => write(tabs[tab], "ragu", n, a === "a"),
    kirim: ({ tab }) => tabs[tab].sender.send(),
    baca: ({ tab }) => tabs[tab].journal.load(),
    buka: ({ tab }) => again(tab),
    jaringan: ({ state }) => (network.state = state),
    sampai: () => held.splice(0).forEach((deliver) => deliver()),
    penuh: () => (network.full = true),
    lega: () => (network.full = false),
    pasang: () => (spare = spare || server.slice()),
    salin: () => spare && (spare = server.slice()),
    ganti: () => spare && ((server = spare.slice()), (network.epoch += 1)),
  };

  // Nothing may be shown that is not so: numbers once and in order, chosen means kept, received means there.
  const lie = async () => {
    for (const { journal } of tabs) {
      const numbers = journal.events.map((event) => event.s);
      if (numbers.some((s, i) => i && s <= numbers[i - 1])) return "numbers out of order: " + numbers;
      if (journal.got > server.length) return "shown as received up to " + journal.got + ", the server has " + server.length;
      const { events } = await journal.store.read(journal.name);
      const stored = (event) => events.concat(everything()).some((e) => JSON.stringify(e) === JSON.stringify(event));
      const shown = journal.events.filter((event) => event.s > (journal.base.ack || 0) && journal.isKept(event));
      const missing = shown.find((event) => !stored(event));
      if (missing) return "shown as chosen, kept nowhere: " + JSON.stringify(missing);
    }
    return null;
  };

  const finish = async () => {
    Object.assign(network, { state: "baik", full: false });
    for (let turn = 0; turn < 8; turn++) {
      steps.sampai();
      await new Promise((done) => setTimeout(done));
      steps.salin();
      for (const [place, tab] of tabs.entries()) {
        if (tab.clashed && tabs.length === 1) await move(tab);
        if (tab.behind) await again(place, { answers: fold(), ack: server.length });
        await tabs[place].journal.load();
        await tabs[place].sender.send();
      }
    }
  };

  const loss = () => {
    const gone = kept.find(({ event, tab, inStore }) => {
      const live = tabs.includes(tab) || inStore;
      return live && !moved.has(JSON.stringify(event)) && !everything().some((e) => JSON.stringify(e) === JSON.stringify(event));
    });
    if (gone) return "lost: " + JSON.stringify(gone.event);
    const answers = fold();
    for (const { journal } of tabs) {
      if (journal.held.length) return "never received: " + JSON.stringify(journal.held);
      for (const n of Object.keys(answers)) {
        const { a, r } = journal.at(+n);
        if (a !== answers[n].a || r !== answers[n].r) return "question " + n + " shows " + a + ", counted is " + answers[n].a;
      }
    }
    return troubles.find((galat) => galat !== "ketinggalan" && tabs.length > 1) || null;
  };

  window.tell = async (story) => {
    number += 1;
    [server, past, spare, kept, troubles, held] = [[], [], null, [], [], []];
    moved.clear();
    network = { state: "baik", full: false, epoch: 1 };
    K.epoch = 1;
    tabs = [];
    for (let place = 0; place < story.tabs; place++) tabs.push(await open({ answers: {}, ack: 0 }));
    const running = [];
    let wrong = null;
    for (const step of story.steps) {
      // A page that is opened anew is another page: nothing of the old one is still under way.
      if (step.do === "buka") {
        steps.sampai();
        await Promise.all(running.splice(0));
      }
      const done = Promise.resolve(steps[step.do](step));
      if (step.do === "buka" || (step.waits && network.state !== "lambat")) await done;
      else running.push(done);
      wrong = wrong || (await lie());
    }
    steps.sampai();
    await Promise.all(running);
    await finish();
    wrong = wrong || (await lie()) || loss();
    tabs.forEach(({ journal }) => journal.store.close());
    return wrong;
  };
})(window.Kapuas);
