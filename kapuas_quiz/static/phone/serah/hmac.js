// HMAC-SHA256 in plain script: on plain HTTP a browser has no crypto.subtle.
(function (K) {
  "use strict";
  const BLOCK = 64;

  // The first 32 bits of the fractions of a root of the first primes, as FIPS 180-4 takes them.
  const fractions = (count, root) => {
    const found = [];
    for (let number = 2; found.length < count; number++) {
      let prime = true;
      for (let i = 2; i * i <= number; i++) if (number % i === 0) prime = false;
      if (prime) found.push((Math.pow(number, 1 / root) * 4294967296) | 0);
    }
    return found;
  };
  const ROUND = fractions(64, 3);
  const START = fractions(8, 2);

  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  const padded = (bytes) => {
    const whole = new Uint8Array(((bytes.length + 8) >> 6) * BLOCK + BLOCK);
    whole.set(bytes);
    whole[bytes.length] = 128;
    new DataView(whole.buffer).setUint32(whole.length - 4, bytes.length * 8);
    return new DataView(whole.buffer);
  };

  const schedule = (data, from) => {
    const words = [];
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        words.push(data.getInt32(from + i * 4));
        continue;
      }
      const a = words[i - 15];
      const b = words[i - 2];
      const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words.push((words[i - 16] + small + words[i - 7] + large) | 0);
    }
    return words;
  };

  const compress = (state, words) => {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const choice = (e & f) ^ (~e & g);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUND[i] + words[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
  };

  const digest = (bytes) => {
    const data = padded(bytes);
    let state = START;
    for (let from = 0; from < data.byteLength; from += BLOCK) state = compress(state, schedule(data, from));
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((word, i) => out.setInt32(i * 4, word));
    return new Uint8Array(out.buffer);
  };

  const joined = (one, other) => {
    const both = new Uint8Array(one.length + other.length);
    both.set(one);
    both.set(other, one.length);
    return both;
  };

  K.bytes = (text) => new TextEncoder().encode(text);

  // 32 bytes; the key and the text are texts.
  K.hmac = (keyText, text) => {
    const key = new Uint8Array(BLOCK);
    const given = K.bytes(keyText);
    key.set(given.length > BLOCK ? digest(given) : given);
    const inner = digest(joined(key.map((byte) => byte ^ 0x36), K.bytes(text)));
    return digest(joined(key.map((byte) => byte ^ 0x5c), inner));
  };

  K.hex = (bytes) => Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
})(window.Kapuas);
