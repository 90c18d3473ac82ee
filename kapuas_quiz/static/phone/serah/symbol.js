// The picture of a QR code: where its modules stand, the mask that reads best, and the SVG.
(function (K) {
  "use strict";
  const MASKS = [
    (x, y) => (x + y) % 2,
    (x, y) => y % 2,
    (x) => x % 3,
    (x, y) => (x + y) % 3,
    (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    (x, y) => ((x * y) % 2) + ((x * y) % 3),
    (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
    (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
  ];
  const QUIET = 4;

  // Bits with the remainder of a division by a generator behind them.
  const coded = (value, degree, generator) => {
    let rest = value;
    for (let i = 0; i < degree; i++) rest = (rest << 1) ^ ((rest >> (degree - 1)) * generator);
    return (value << degree) | rest;
  };

  const frame = (version) => {
    const size = version * 4 + 17;
    const rows = Array.from({ length: size }, () => new Array(size).fill(undefined));
    const set = (x, y, dark) => rows[y] && x >= 0 && x < size && (rows[y][x] = dark ? 1 : 0);
    const rings = (x, y, reach, light) => {
      for (let i = -reach; i <= reach; i++) {
        for (let j = -reach; j <= reach; j++) set(x + i, y + j, !light.includes(Math.max(Math.abs(i), Math.abs(j))));
      }
    };
    for (let i = 0; i < size; i++) [set(6, i, i % 2 === 0), set(i, 6, i % 2 === 0)];
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => rings(x, y, 4, [2, 4]));
    const places = K.qrAlignment(version);
    places.forEach((x) => places.forEach((y) => {
      if (!((x === 6 && (y === 6 || y === size - 7)) || (y === 6 && x === size - 7))) rings(x, y, 2, [1]);
    }));
    const bits = coded(version, 12, 0x1f25);
    for (let i = 0; version > 6 && i < 18; i++) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
      [set(a, b, (bits >> i) & 1), set(b, a, (bits >> i) & 1)];
    }
    return { size, rows, set };
  };

  const format = ({ size, set }, mask) => {
    const bits = coded(8 | mask, 10, 0x537) ^ 0x5412;
    for (let i = 0; i < 15; i++) {
      const bit = (bits >> i) & 1;
      set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, bit);
      set(i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i, 8, bit);
    }
    set(8, size - 8, 1);
  };

  const zigzag = (size, visit) => {
    for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) {
      for (let step = 0; step < size; step++) {
        for (const x of [right, right - 1]) visit(x, up ? size - 1 - step : step);
      }
    }
  };

  const drawn = (version, words, mask) => {
    const symbol = frame(version);
    format(symbol, mask);
    let bit = 0;
    zigzag(symbol.size, (x, y) => {
      if (symbol.rows[y][x] !== undefined) return;
      const dark = ((words[bit >> 3] || 0) >> (7 - (bit & 7))) & 1;
      bit += 1;
      symbol.rows[y][x] = MASKS[mask](x, y) === 0 ? 1 - dark : dark;
    });
    return symbol.rows;
  };

  // What makes a symbol hard to read: long runs, false finders, blocks, too much of one colour.
  const penalty = (rows) => {
    const size = rows.length;
    let total = 0;
    const lines = rows.concat(rows.map((_, x) => rows.map((row) => row[x]))).map((line) => line.join(""));
    lines.forEach((line) => {
      (line.match(/0{5,}|1{5,}/g) || []).forEach((run) => (total += run.length - 2));
      for (let i = 0; i + 7 <= size; i++) {
        const edges = [line.slice(Math.max(0, i - 4), i), line.slice(i + 7, i + 11)];
        if (line.slice(i, i + 7) === "1011101" && edges.some((edge) => !edge.includes("1"))) total += 40;
      }
    });
    for (let y = 1; y < size; y++) {
      for (let x = 1; x < size; x++) {
        const sum = rows[y][x] + rows[y - 1][x] + rows[y][x - 1] + rows[y - 1][x - 1];
        if (sum % 4 === 0) total += 3;
      }
    }
    const dark = lines.join("").split("1").length - 1;
    return total + 10 * Math.floor(Math.abs((dark * 50) / (size * size) - 50) / 5);
  };

  // Rows of 0 and 1.
  K.qrRows = (text) => {
    const { version, words } = K.qrWords(text);
    const all = MASKS.map((_, mask) => drawn(version, words, mask));
    const costs = all.map(penalty);
    return all[costs.indexOf(Math.min(...costs))];
  };

  // Black on white whatever the page's colours are, with its quiet margin.
  K.qr = (text) => {
    const rows = K.qrRows(text);
    const side = rows.length + 2 * QUIET;
    const node = (name, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.keys(attributes).forEach((key) => made.setAttribute(key, attributes[key]));
      return made;
    };
    let path = "";
    rows.forEach((row, y) => row.forEach((dark, x) => (path += dark ? "M" + (x + QUIET) + " " + (y + QUIET) + "h1v1h-1z" : "")));
    const picture = node("svg", { viewBox: "0 0 " + side + " " + side, class: "qr", role: "img", "shape-rendering": "crispEdges" });
    picture.append(node("rect", { width: side, height: side, fill: "#fff" }), node("path", { d: path, fill: "#000" }));
    return picture;
  };
})(window.Kapuas);
