// The answers of one attempt: a journal that only grows, and what it amounts to now.
(function (K) {
  "use strict";

  K.Journal = class {
    // `base`: the answers the server held at `base.ack`, as {number: {a: answer, r: unsure flag}}.
    constructor(store, attempt, device, base) {
      const safeUntil = store.durable ? Infinity : 0;
      Object.assign(this, { store, attempt, device, base, events: [], ack: 0, safeUntil });
    }

    get name() {
      return this.attempt + "|" + this.device;
    }

    // Whether new events reach the phone's storage; if not, only what the server has counts as chosen.
    get durable() {
      return this.safeUntil === Infinity;
    }

    isKept(event) {
      return event.s < this.safeUntil || event.s <= this.ack;
    }

    // Read again what this tab or another has kept.
    async load() {
      if (this.durable) {
        this.events = await this.store.events(this.name);
        this.ack = Math.max(this.ack, (await this.store.get("ack|" + this.name)) || 0);
      }
    }

    // Keep one event; settles when it is on the phone's storage. Returns it, numbered.
    async add(event) {
      if (this.durable) {
        try {
          const kept = await this.store.append(this.name, event);
          if (!this.events.some((e) => e.s === kept.s)) this.events.push(kept);
          return kept;
        } catch (refused) {
          this.safeUntil = this.last + 1;
        }
      }
      const numbered = Object.assign({ s: this.last + 1 }, event);
      this.events.push(numbered);
      return numbered;
    }

    get last() {
      return this.events.reduce((highest, event) => Math.max(highest, event.s), this.base.ack || 0);
    }

    get pending() {
      return this.events.filter((event) => event.s > this.ack);
    }

    // How many questions have something not yet received.
    get unsent() {
      return new Set(this.pending.filter((event) => event.n !== null).map((event) => event.n)).size;
    }

    get finished() {
      return this.events.some((event) => event.k === "selesai" && event.s > (this.base.ack || 0));
    }

    // Take the server's word on what it has; false when it has more than this journal ever wrote.
    async acknowledge(ack) {
      if (ack > this.last) await this.load();
      if (ack > this.last) return false;
      this.ack = ack;
      if (this.durable) await this.store.put("ack|" + this.name, ack).catch(() => {});
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
