// Talking to the server: one call, and the sender that never tires.
(function (K) {
  "use strict";
  const PATIENCE = 15000;
  const NEWS = 20000;
  const query = document.documentElement.lang === "id" ? "" : "?bahasa=" + document.documentElement.lang;

  // POST to /t/<name>. Returns the reply; throws {status, body}, status 0 when nothing was heard.
  K.call = async (name, data, keepalive) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    let response, body;
    try {
      response = await fetch("/t/" + name + query, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(data),
        credentials: "omit",
        keepalive: !!keepalive,
        signal: stop.signal,
      });
      body = await response.json();
    } catch (silent) {
      throw { status: response && !response.ok ? response.status : 0, body: {} };
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw { status: response.status, body };
    return body;
  };

  // Pauses that grow, with chance in them, so that a room does not knock in step.
  K.pause = (failures) => Math.min(30000, 1000 * 2 ** failures) * (0.5 + Math.random());

  K.Sender = class {
    // `heard(reply)` after each acknowledgement, `trouble(fault)` after each failure.
    constructor(journal, clock, secret, heard, trouble) {
      Object.assign(this, { journal, clock, secret, heard, trouble, failures: 0, busy: false, stopped: false });
      this.onOnline = () => this.wake(0);
      addEventListener("online", this.onOnline);
    }

    stop() {
      this.stopped = true;
      clearTimeout(this.timer);
      removeEventListener("online", this.onOnline);
    }

    wake(delay) {
      clearTimeout(this.timer);
      if (!this.stopped) this.timer = setTimeout(() => this.send(), delay);
    }

    batch() {
      const events = this.journal.pending.slice(0, this.failures ? 10 : 100);
      return { attempt: this.journal.attempt, secret: this.secret, device: this.journal.device, events };
    }

    // The page goes away: send without waiting for an answer. Twice is once.
    farewell() {
      if (this.journal.pending.length) K.call("jurnal", this.batch(), true).catch(() => {});
    }

    async send() {
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
      const reply = await K.call("jurnal", this.batch());
      this.clock.set(reply, asked);
      if (!(await this.journal.acknowledge(reply.ack))) throw { status: 409, body: { galat: "bentrok" } };
      this.failures = 0;
      await this.heard(reply);
    }

    plan() {
      if (this.failures) this.wake(K.pause(this.failures));
      else if (this.journal.pending.length) this.wake(0);
      else if (!document.hidden) this.wake(NEWS * (0.8 + 0.4 * Math.random()));
    }

    async mend(fault) {
      const { status, body } = fault;
      if (status === undefined) throw fault;
      if (status === 409 && body.galat === "lompat") {
        await this.journal.acknowledge(body.ack);
        if (this.failures === 1) return;
      }
      await this.trouble(fault);
    }
  };
})(window.Kapuas);
