// Steps to be ranked: buttons move them, and the lists of ranks follow unseen.
(function (K) {
  "use strict";
  const lines = (list) => Array.from(list.children);
  const ranks = (line) => line.querySelector("select");

  K.rank = (root, set) => {
    const list = root.querySelector(".rank");
    if (!list) return;
    K.all("select", list).forEach((select) => (select.hidden = true));
    list.classList.add("moves");
    K.all("[data-moves]", root).forEach((hint) => (hint.hidden = !hint.hidden));
    K.all("button", list).forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => move(list, button, set));
    });
    K.inOrder(root, true);
  };

  // A step at the end stays, and counts as put there.
  const move = (list, button, set) => {
    const line = button.closest("li");
    const step = +button.dataset.move;
    const place = lines(list).indexOf(line) + step;
    if (lines(list)[place]) list.insertBefore(line, lines(list)[step > 0 ? place + 1 : place] || null);
    lines(list).forEach((each, index) => set(ranks(each).name.split(".")[1], String(index + 1)));
    button.focus();
    K.flush();
    const facts = {
      langkah: line.querySelector("label").textContent,
      n: lines(list).indexOf(line) + 1,
      dari: lines(list).length,
    };
    K.announce(list.dataset.rank.replace(/\{(\w+)\}/g, (_, key) => facts[key]), true);
  };

  // Put the lines in the order of their ranks, if another order is in front.
  K.inOrder = (root, waits) => {
    const list = root.querySelector(".rank");
    if (!list) return;
    list.classList.toggle("waits", waits);
    const ordered = lines(list).sort((one, other) => (+ranks(one).value || 99) - (+ranks(other).value || 99));
    if (ordered.some((line, index) => line !== lines(list)[index])) list.append(...ordered);
  };
})(window.Kapuas);
