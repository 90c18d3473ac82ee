// Time since the start, as the server counts it.
(function (K) {
  "use strict";
  const SLEPT = 5000;
  const HALF_A_DAY = 43200000;

  // What the wall clock says has passed; nothing where somebody must have moved it.
  const byWall = (since) => {
    const passed = Date.now() - since;
    return passed > HALF_A_DAY ? 0 : Math.max(0, passed);
  };

  K.Clock = class {
    // `kept`: the anchor of an earlier page, whose monotonic clock is gone.
    constructor(kept) {
      this.anchor = kept ? Object.assign({}, kept, { beat: performance.now(), slept: byWall(kept.wall), unsure: true }) : null;
    }

    // Take the server's figures; they were true about half way between asking and hearing.
    set(reply, asked) {
      if (reply.elapsed_ms == null) return;
      const away = (performance.now() - asked) / 2;
      this.anchor = {
        elapsed: reply.elapsed_ms,
        remaining: reply.remaining_ms == null ? Infinity : reply.remaining_ms,
        paused: !!reply.paused,
        grants: reply.grants || 0,
        wall: Date.now() - away,
        beat: performance.now() - away,
        slept: 0,
        unsure: false,
      };
    }

    // Sleep stops the monotonic clock, and the wall clock bridges it. While the page is in front nobody sleeps:
    // there a wall clock that jumps was moved, and only makes the time unsure.
    doze() {
      this.dozed = { wall: Date.now(), beat: performance.now() };
    }

    wake() {
      const { anchor, dozed } = this;
      if (!anchor || !dozed) return;
      const slept = byWall(dozed.wall) - (performance.now() - dozed.beat);
      if (slept > SLEPT) Object.assign(anchor, { slept: anchor.slept + slept, unsure: true });
      this.dozed = null;
    }

    // Minutes that were read out to this phone, as gift number `grants`.
    extend(minutes, grants) {
      this.anchor.remaining += minutes * 60000;
      this.anchor.grants = grants;
    }

    // Milliseconds {elapsed, remaining}; `unsure` where only the phone's own clock could tell.
    read() {
      if (!this.anchor) return { elapsed: 0, remaining: Infinity, unsure: true };
      const { elapsed, remaining, paused, wall, beat, slept } = this.anchor;
      const passed = performance.now() - beat + slept;
      const unsure = this.anchor.unsure || Math.abs(Date.now() - wall - passed) > SLEPT;
      return { elapsed: Math.round(elapsed + passed), remaining: remaining - (paused ? 0 : passed), unsure };
    }
  };
})(window.Kapuas);
