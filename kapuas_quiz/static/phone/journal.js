// The answers of one attempt: a journal that only grows, and what it amounts to now.
(function (K) {
  "use strict";

  K.Journal = class {
    // `base`: the answers the server held at `base.ack`, as {number: {a: answer, r: unsure flag}}.
    // `ack`: up to which number the server has it; `got`: up to which it counts as received, spare included.
    constructor(store, attempt, device, base) {
      const safeUntil = store.durable ? Infinity : 0;
      Object.assign(this, { store, attempt, device, base, events: [], ack: 0, got: 0, replies: 0, safeUntil });
      this.line = Promise.resolve();
    }

    get name() {
      return this.attempt + "|" + this.device;
    }

    // Whether new events reach the phone's storage; if not, only what the server has counts as chosen.
    get durable() {
      return this.safeUntil === Infinity;
    }

    isKept(event) {
      return event.s < this.safeUntil || event.s <= this.got;
    }

    // Read again what this tab or another has kept. What came in while it was read stays.
    async load() {
      if (!this.durable) return;
      const before = this.replies;
      try {
        const { events, ack } = await this.store.read(this.name);
        this.merge(events);
        if (ack && before === this.replies) Object.assign(this, ack);
      } catch (gone) {
        this.safeUntil = this.last + 1;
      }
    }

    merge(events) {
      const known = new Set(this.events.map((event) => event.s));
      this.events = this.events.concat(events.filter((event) => !known.has(event.s))).sort((a, b) => a.s - b.s);
    }

    // Keep one event after the other; settles when it is on the phone's storage. Returns it, numbered.
    add(event) {
      this.line = this.line.then(() => this.write(event));
      return this.line;
    }

    async write(event) {
      let kept;
      if (this.durable) {
        try {
          kept = await this.store.append(this.name, event, this.base.ack || 0);
        } catch (refused) {
          this.safeUntil = this.last + 1;
        }
      }
      if (!kept) kept = Object.assign({ s: this.last + 1 }, event);
      this.merge([kept]);
      return kept;
    }

    get last() {
      return this.events.reduce((highest, event) => Math.max(highest, event.s), this.base.ack || 0);
    }

    // What the server does not have.
    get pending() {
      return this.events.filter((event) => event.s > this.ack);
    }

    // What does not count as received.
    get held() {
      return this.events.filter((event) => event.s > this.got);
    }

    // How many questions have something not yet received.
    get unsent() {
      return new Set(this.held.filter((event) => event.n !== null).map((event) => event.n)).size;
    }

    get finished() {
      return this.events.some((event) => event.k === "selesai" && event.s > (this.base.ack || 0));
    }

    // Take the server's word on what it and its spare have; false when it has more than was ever written here.
    // It may have less than it had: then a spare took its place, and the rest is sent again.
    async acknowledge({ ack, safe }) {
      if (ack > this.last) await this.load();
      if (ack > this.last) return false;
      this.replies += 1;
      this.ack = ack;
      this.got = safe === undefined ? ack : Math.min(ack, safe);
      if (this.durable) await this.store.put("ack|" + this.name, { ack, got: this.got }).catch(() => {});
      return true;
    }

    // Answer and flag of one question, and the answer that waits to be received: {a, r, waiting}.
    at(number) {
      const state = Object.assign({ a: null, r: false }, this.base.answers[number]);
      for (const event of this.events) {
        if (event.n !== number || event.s <= (this.base.ack || 0)) continue;
        if (!this.isKept(event)) state.waiting = event.a;
        else if (event.k === "jawab") state.a = event.a;
        else state.r = event.a;
      }
      return state;
    }
  };
})(window.Kapuas);
