// Finished without network: the answers as pictures and as a code that can be read out.
(function (K) {
  "use strict";
  let drawn = "";
  let shown = 0;
  let pictures = [];

  const draw = () => {
    const box = K.el("serahan-qr");
    box.textContent = "";
    box.append(K.qr(pictures[shown % pictures.length]));
    box.firstChild.setAttribute("aria-label", K.say("gambar"));
    K.el("serahan-ke").textContent = K.say("qr", { n: (shown % pictures.length) + 1, dari: pictures.length });
    K.el("serahan-lain").hidden = pictures.length < 2;
  };

  K.turnHandIn = () => {
    shown += 1;
    draw();
  };

  K.drawHandIn = (exam) => {
    const state = exam.journal.name + exam.journal.last + "|" + exam.journal.ack;
    K.el("serahan").hidden = false;
    if (state === drawn) return;
    drawn = state;
    const { groups, cannot, qr } = K.handIn(exam.journal, exam.items, exam.badge, exam.clock);
    [pictures, shown] = [qr, 0];
    const list = K.el("serahan-kode");
    list.textContent = "";
    list.append(...groups.map((group) => K.make("span", "", group)));
    K.el("serahan-tanpa").textContent = cannot.length ? K.say("tanpa", { list: cannot.join(", ") }) : "";
    draw();
  };
})(window.Kapuas);
