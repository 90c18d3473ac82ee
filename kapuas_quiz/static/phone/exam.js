// The test itself: one question a screen, the list, the hand-in, and how it ends.
(function (K) {
  "use strict";
  const WARNINGS = [10, 5, 1];
  const MINUTE = 60000;
  const SOON = 150;

  K.Exam = class {
    // `leave(status, facts)` when the attempt is over, taken by another phone, or not known any more.
    constructor({ store, badge, held, clock, leave }) {
      const base = { answers: held.answers, ack: held.ack };
      const journal = new K.Journal(store, badge.attempt, badge.device, base);
      Object.assign(this, { store, badge, clock, leave, journal, items: held.form.items, index: 0, server: {} });
      this.sender = new K.Sender(journal, clock, badge.secret, (r) => this.heard(r), (f) => this.trouble(f));
      this.before = clock.read().remaining;
      this.grants = this.known;
    }

    async open() {
      await this.journal.load();
      this.index = Math.min((await this.store.get("at|" + this.badge.attempt)) || 0, this.items.length - 1);
      if (this.closed) return;
      this.saveClock();
      this.listen();
      this.refresh();
      if (this.clock.read().unsure) this.sender.wake(0);
      else this.sender.plan();
    }

    listen() {
      this.tabs = window.BroadcastChannel ? new BroadcastChannel("kapuas|" + this.journal.name) : { close() {} };
      this.tabs.onmessage = () => this.catchUp();
      this.ticking = setInterval(() => this.tick(), 1000);
      const back = () => {
        this.clock.wake();
        this.catchUp();
      };
      const away = () => {
        this.clock.doze();
        const keeping = K.flush();
        this.sender.farewell();
        if (keeping) keeping.then(() => this.sender.farewell());
      };
      const unlessOver = (act) => () => this.closed || act();
      document.addEventListener("visibilitychange", unlessOver(() => (document.hidden ? away() : back())));
      addEventListener("pagehide", unlessOver(away));
      addEventListener("pageshow", unlessOver(back));
    }

    close() {
      this.closed = true;
      this.sender.stop();
      this.tabs.close();
      clearInterval(this.ticking);
    }

    // Another tab wrote, or this one slept.
    async catchUp() {
      await this.journal.load();
      this.refresh();
      this.sender.wake(SOON);
    }

    get item() {
      return this.items[this.index];
    }

    get open_numbers() {
      return this.numbers((item, a) => a === null);
    }

    numbers(chosen) {
      return this.items.map((item, i) => (chosen(item, this.journal.at(item.n).a) ? i + 1 : 0)).filter(Boolean);
    }

    get paused() {
      return !!(this.clock.anchor || {}).paused;
    }

    // How many times this attempt was given time, as far as this phone heard.
    get known() {
      return (this.clock.anchor || {}).grants || 0;
    }

    get isOver() {
      return !!this.server.status && this.server.status !== "mengerjakan";
    }

    // Why no more answers are taken, as far as this phone knows; empty while they are.
    get ending() {
      if (this.server.superseded) return "pindah";
      if (this.isOver) return this.server.end_reason || "ditutup";
      if (this.journal.finished) return "diserahkan";
      return this.clock.read().remaining <= 0 ? "waktu-habis" : "";
    }

    async keep(k, n, a) {
      if (this.closed) return;
      const { elapsed, unsure } = this.clock.read();
      await this.journal.add({ k, n, a, t: Math.max(0, elapsed), u: unsure ? 1 : 0 });
      this.refresh();
      if (this.tabs.postMessage && !this.closed) this.tabs.postMessage(1);
      this.sender.wake(k === "selesai" ? 0 : SOON);
    }

    // Write down again what another journal of this phone could not deliver.
    async take(events) {
      for (const { k, n, a, t, u } of events) await this.journal.add({ k, n, a, t, u });
      this.sender.wake(0);
      return this.refresh();
    }

    // `item`: the question that was in front when it was tapped.
    choose(value, item) {
      if (this.ending) return this.refresh();
      if (item === this.item) K.types[item.type].mark(K.el("pilihan"), this.journal.at(item.n).a, value);
      return this.keep("jawab", item.n, value);
    }

    flag() {
      return this.ending ? this.refresh() : this.keep("ragu", this.item.n, !this.journal.at(this.item.n).r);
    }

    finish() {
      return this.ending ? this.refresh() : this.keep("selesai", null, null);
    }

    go(index) {
      if (index < 0 || index >= this.items.length) return;
      this.index = index;
      this.store.put("at|" + this.badge.attempt, index).catch(() => {});
      K.drawQuestion(this);
      this.refresh();
      K.el("judul").focus({ preventScroll: true });
      scrollTo(0, 0);
    }

    heard(reply) {
      this.server = reply;
      K.news.from(reply.news);
      K.serah().catch(() => {});
      this.saveClock();
      this.tell();
      const { finished, held } = this.journal;
      if (!held.length && reply.superseded) return this.leave("pindah");
      // The last event says that nothing is left on this phone, however the attempt ended.
      if (this.isOver && !finished) return this.keep("selesai", null, null);
      // Where the test runs although the hand-in has arrived, it was reopened: go on from the server's answers.
      if (!held.length && finished) return this.leave(this.isOver ? "selesai" : "ketinggalan", reply);
      return this.refresh();
    }

    saveClock() {
      this.store.put("clock|" + this.badge.attempt, this.clock.anchor).catch(() => {});
    }

    // Say once that the network is back, that time was given, that the room stands still or goes on.
    tell() {
      K.el("gagal").hidden = true;
      if (this.quiet && !this.journal.pending.length) {
        K.announce(K.say("tersambung"), true);
        this.quiet = false;
      }
      if (this.known > this.grants) K.announce(K.say("tambahan", { n: Math.ceil(this.clock.read().remaining / MINUTE) }));
      this.grants = Math.max(this.grants, this.known);
      if (this.paused !== !!this.stood) K.announce(K.say(this.paused ? "jeda" : "lanjut"), this.paused);
      this.stood = this.paused;
    }

    trouble({ status, body }) {
      if (status === 410) return this.leave("disegel", { lost: this.journal.unsent, bukti: body.bukti });
      if (status === 403 || status === 404 || ["perangkat-lain", "belum-mulai"].includes(body.galat)) return this.leave("asing", body);
      if (body.galat === "ketinggalan") return this.leave("ketinggalan", body);
      if (body.galat === "bentrok" || body.galat === "perangkat-lama") return this.leave("bentrok", body);
      if (status === 422) K.announce(body.saran || "");
      else if (body.galat === "laptop-lama") K.warn(body.saran);
      else if (!this.quiet && this.journal.pending.length) {
        this.quiet = true;
        K.announce(K.say(this.journal.durable ? "tersimpan" : "tertahan", { n: this.journal.unsent }), true);
      }
      return this.refresh();
    }

    tick() {
      const { remaining } = this.clock.read();
      const passed = WARNINGS.filter((m) => this.before > m * MINUTE && remaining <= m * MINUTE).pop();
      if (remaining < 2000) K.flush();
      if (passed && !this.ending && !this.paused) K.announce(K.say("sisa", { n: passed }));
      if (this.before > 0 && remaining <= 0) this.refresh().then(() => this.sender.wake(SOON));
      this.before = remaining;
      K.drawTime(remaining);
    }

    async refresh() {
      if (this.closed) return;
      const reason = this.ending;
      if (reason === "pindah") return K.show(reason, { belum: this.journal.unsent });
      if (reason && K.screen() !== "kode") return K.drawEnding(this, reason);
      if (!["soal", "daftar", "yakin", "kode"].includes(K.screen())) K.drawQuestion(this);
      return K.drawState(this);
    }
  };
})(window.Kapuas);
