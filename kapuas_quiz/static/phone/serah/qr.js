// The bits of a QR code (ISO/IEC 18004): bytes, correction level L, versions 1 to 40.
(function (K) {
  "use strict";
  // Of one block: codewords for correction; and how many blocks, by version.
  const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
    30, 26, 28].concat(new Array(14).fill(30));
  const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14,
    15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];

  K.qrAlignment = (version) => {
    if (version === 1) return [];
    const count = Math.floor(version / 7) + 2;
    const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
    const places = [6];
    for (let i = count - 2; i >= 0; i--) places.push(version * 4 + 10 - i * step);
    return places;
  };

  const codewords = (version) => {
    const side = K.qrAlignment(version).length;
    const fixed = version === 1 ? 0 : (25 * side - 10) * side - 55 + (version > 6 ? 36 : 0);
    return ((16 * version + 128) * version + 64 - fixed) >> 3;
  };

  const forData = (version) => codewords(version) - CORRECTION[version - 1] * BLOCKS[version - 1];

  const multiply = (x, y) => {
    let product = 0;
    for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 285) ^ (((y >> i) & 1) * x);
    return product;
  };

  const generator = (degree) => {
    const terms = new Array(degree).fill(0);
    terms[degree - 1] = 1;
    let root = 1;
    for (let i = 0; i < degree; i++) {
      for (let j = 0; j < degree; j++) terms[j] = multiply(terms[j], root) ^ (terms[j + 1] || 0);
      root = multiply(root, 2);
    }
    return terms;
  };

  const remainder = (data, divisor) => {
    const rest = new Array(divisor.length).fill(0);
    data.forEach((byte) => {
      const factor = byte ^ rest.shift();
      rest.push(0);
      divisor.forEach((term, i) => (rest[i] ^= multiply(term, factor)));
    });
    return rest;
  };

  const filled = (bytes, version) => {
    const bits = [];
    const put = (value, count) => {
      for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
    };
    put(4, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach((byte) => put(byte, 8));
    put(0, 4);
    const data = [];
    for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
    for (let pad = 236; data.length < forData(version); pad ^= 253) data.push(pad);
    return data;
  };

  const interleaved = (data, version) => {
    const count = BLOCKS[version - 1];
    const shorter = count - (data.length % count);
    const divisor = generator(CORRECTION[version - 1]);
    const blocks = [];
    for (let i = 0, from = 0; i < count; i++) {
      const until = from + Math.floor(data.length / count) + (i < shorter ? 0 : 1);
      blocks.push(data.slice(from, until));
      from = until;
    }
    const mixed = (lists) => {
      const all = [];
      for (let i = 0; i < lists[count - 1].length; i++) lists.forEach((list) => i < list.length && all.push(list[i]));
      return all;
    };
    return mixed(blocks).concat(mixed(blocks.map((block) => remainder(block, divisor))));
  };

  // {version, words}; throws where the text is too long.
  K.qrWords = (text) => {
    const bytes = Array.from(K.bytes(text));
    let version = 1;
    while (version < 41 && bytes.length + (version < 10 ? 2 : 3) > forData(version)) version++;
    if (version > 40) throw new Error("too long");
    return { version, words: interleaved(filled(bytes, version), version) };
  };
})(window.Kapuas);
