// Time since the start, as the server counts it.
(function (K) {
  "use strict";
  const SLEPT = 5000;

  K.Clock = class {
    // `kept`: the anchor of an earlier page, whose monotonic clock is gone.
    constructor(kept) {
      this.anchor = kept ? { elapsed: kept.elapsed, remaining: kept.remaining, wall: kept.wall, beat: null } : null;
    }

    // Take the server's figures; they were true about half way between asking and hearing.
    set(reply, asked) {
      if (reply.elapsed_ms == null) return;
      const away = (performance.now() - asked) / 2;
      this.anchor = {
        elapsed: reply.elapsed_ms,
        remaining: reply.remaining_ms == null ? Infinity : reply.remaining_ms,
        wall: Date.now() - away,
        beat: performance.now() - away,
      };
    }

    // Milliseconds {elapsed, remaining}; `unsure` where only the phone's own clock could tell.
    read() {
      if (!this.anchor) return { elapsed: 0, remaining: Infinity, unsure: false };
      const { elapsed, remaining, wall, beat } = this.anchor;
      const byWall = Math.max(0, Date.now() - wall);
      const byBeat = beat === null ? 0 : performance.now() - beat;
      const unsure = beat === null || byWall - byBeat > SLEPT;
      const passed = unsure ? Math.max(byWall, byBeat) : byBeat;
      return { elapsed: Math.round(elapsed + passed), remaining: remaining - passed, unsure };
    }
  };
})(window.Kapuas);
