// Talking to the server: one call, and the sender that never tires.
(function (K) {
  "use strict";
  const PATIENCE = 15000;
  const NEWS = 20000;
  const LIFE = 75000;
  const COPIED = 3000;
  const query = document.documentElement.lang === "id" ? "" : "?bahasa=" + document.documentElement.lang;

  // The highest number of a laptop's tenure that was ever heard, and what to do with a higher one.
  K.epoch = 0;
  K.learn = () => {};

  // Fetch text without cookies and without waiting for ever.
  K.fetch = async (address, options) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(address, Object.assign({ credentials: "omit", signal: stop.signal }, options));
      return { ok: response.ok, status: response.status, text: await response.text() };
    } finally {
      clearTimeout(timer);
    }
  };

  // POST to /t/<name>. Returns the reply; throws {status, body}, status 0 when nothing was heard.
  K.call = async (name, data, keepalive) => {
    let response = {};
    let body;
    try {
      response = await K.fetch("/t/" + name + query, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.assign(K.epoch > 1 ? { epoch: K.epoch } : {}, data)),
        keepalive: !!keepalive,
      });
      body = JSON.parse(response.text);
    } catch (silent) {
      throw { status: response.ok ? 0 : response.status || 0, body: {} };
    }
    if (!response.ok) throw { status: response.status, body };
    if (body.epoch > K.epoch) K.learn((K.epoch = body.epoch));
    return body;
  };

  // Pauses that grow, with chance in them, so that a room does not knock in step.
  K.pause = (failures) => Math.min(30000, 1000 * 2 ** failures) * (0.5 + Math.random());

  K.Sender = class {
    // `heard(reply)` after each acknowledgement, `trouble(fault)` after each failure.
    constructor(journal, clock, secret, heard, trouble) {
      Object.assign(this, { journal, clock, secret, heard, trouble, failures: 0, busy: false, stopped: false });
      addEventListener("online", () => this.wake(0));
    }

    stop() {
      this.stopped = true;
      clearTimeout(this.timer);
    }

    wake(delay) {
      clearTimeout(this.timer);
      if (!this.stopped) this.timer = setTimeout(() => this.send(), delay);
    }

    batch() {
      const { pending, attempt, device } = this.journal;
      const events = pending.slice(0, this.failures ? 10 : 100);
      return { attempt, secret: this.secret, device, events, left: pending.length - events.length || undefined };
    }

    // The page goes away: send without waiting for an answer. Twice is once.
    farewell() {
      if (this.journal.pending.length) K.call("jurnal", this.batch(), true).catch(() => {});
    }

    async send() {
      this.again = this.busy;
      if (this.busy) return;
      this.busy = true;
      try {
        await this.deliver();
      } catch (fault) {
        this.failures += 1;
        await this.mend(fault);
      } finally {
        this.busy = false;
        this.plan();
      }
    }

    async deliver() {
      const asked = performance.now();
      const batch = this.batch();
      const reply = await K.call("jurnal", batch);
      // Whoever else answers in place of the laptop says nothing of numbers.
      if (!(reply.ack >= 0) || reply.epoch < K.epoch) throw { status: 0, body: {} };
      this.clock.set(reply, asked);
      // The server has numbers that this phone lost. Where it took all of the rest, go on from its answers.
      const galat = batch.left ? "bentrok" : "ketinggalan";
      if (!(await this.journal.acknowledge(reply))) throw { status: 409, body: { galat } };
      this.failures = 0;
      await this.heard(reply);
    }

    plan() {
      const { journal, failures, again } = this;
      if (failures) this.wake(K.pause(failures));
      else if (again || journal.pending.length) this.wake(0);
      else if (journal.held.length) this.wake(COPIED);
      else if (!document.hidden) this.wake((K.news.works ? LIFE : NEWS) * (0.8 + 0.4 * Math.random()));
    }

    async mend(fault) {
      const { status, body } = fault;
      if (status === undefined) throw fault;
      // Sealed: what is stored came by another way too, by a picture.
      if (status === 410) await this.journal.acknowledge(body);
      if (status === 409 && body.galat === "lompat") {
        // A refusal tells from where to send again, and not what a spare has.
        await this.journal.acknowledge({ ack: body.ack, safe: this.journal.got });
        await this.journal.load();
        const next = this.journal.pending[0];
        if (next && next.s > body.ack + 1) body.galat = "bentrok";
        else if (this.failures === 1) return;
      }
      await this.trouble(fault);
    }
  };
})(window.Kapuas);
