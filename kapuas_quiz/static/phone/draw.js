// What the screens of the test show.
(function (K) {
  "use strict";
  let showsTime = false;

  K.drawQuestion = (exam) => {
    const { item, index, items } = exam;
    K.show("soal", {}, K.say("soal", { n: index + 1, dari: items.length }));
    K.el("pokok").innerHTML = item.stem;
    K.types[item.type].draw(K.el("pilihan"), item, exam.journal.at(item.n).a, (value) => exam.choose(value, item), exam.journal.name);
    K.el("mundur").disabled = index === 0;
    K.el("maju").textContent = K.say(index === items.length - 1 ? "tinjau" : "maju");
  };

  // Everything that an answer, an acknowledgement or another tab may change.
  K.drawState = (exam) => {
    const { journal, item, items, sender } = exam;
    const now = journal.at(item.n);
    const missing = exam.open_numbers;
    const facts = { n: journal.unsent, ada: items.length - missing.length, belum: missing.length };
    K.types[item.type].mark(K.el("pilihan"), now.a, now.waiting);
    K.el("ragu").setAttribute("aria-pressed", now.r);
    K.el("sisa-soal").textContent = K.say(missing.length ? "belum" : "terjawab", facts);
    K.el("garis").max = items.length;
    K.el("garis").value = facts.ada;
    const arrived = facts.ada ? "diterima" : "awal";
    const waits = !journal.durable ? "tertahan" : sender.failures && facts.n ? "tersimpan" : "dikirim";
    const state = journal.held.length ? waits : arrived;
    K.all(".kabar").forEach((node) => {
      node.textContent = K.say(state, facts);
      node.dataset.kabar = state;
    });
    if (state === "diterima" && missing.length) K.el("kabar-daftar").textContent = K.say("sebagian", facts);
    K.el("tanpa-simpan").hidden = journal.durable;
    K.el("jeda").hidden = !exam.paused;
    if (K.screen() === "daftar") K.drawList(exam);
  };

  K.drawTime = (remaining) => {
    const seconds = Math.max(0, Math.ceil(remaining / 1000));
    const name = !showsTime || !isFinite(seconds) ? "waktu" : seconds > 60 ? "menit" : "detik";
    K.el("waktu").textContent = K.say(name, { n: seconds > 60 ? Math.ceil(seconds / 60) : seconds });
  };

  K.toggleTime = (exam) => {
    showsTime = !showsTime;
    K.drawTime(exam.clock.read().remaining);
    if (showsTime) K.announce(K.el("waktu").textContent, true);
  };

  const numbered = (item, index, { a, r }) => {
    const entry = K.make("li");
    const name = a === null ? "kosong" : K.isPartial(item, a) ? "kurang" : "isi";
    const button = K.make("button", "nomor " + name + (r ? " ragu" : ""), index + 1);
    const state = K.say(name) + (r ? ", " + K.say("ragu") : "");
    button.setAttribute("aria-label", K.say("nomor", { n: index + 1, state }));
    entry.append(button);
    return entry;
  };

  const reviewed = (item, index, { a, r }) => {
    const entry = K.make("li");
    const answer = K.make("p", "jawab" + (a === null ? " soft" : ""), K.types[item.type].words(item, a) || K.say("kosong"));
    const button = K.make("button", "quiet", K.say("buka", { n: index + 1 }) + (r ? " · " + K.say("ragu") : ""));
    entry.append(K.make("p", "", K.plain(item.stem)), answer, button);
    return entry;
  };

  // Drawn anew only when it says something else: whoever stands on a button, by keyboard or screen reader, stays.
  let drawn;
  K.drawList = ({ items, journal }) => {
    const states = items.map((item) => journal.at(item.n));
    const state = journal.name + JSON.stringify(states);
    if (state === drawn) return;
    drawn = state;
    const draw = (id, make) => {
      const list = K.el(id);
      list.textContent = "";
      items.forEach((item, index) => {
        list.append(make(item, index, states[index]));
        list.lastChild.lastChild.dataset.ke = index;
      });
    };
    draw("nomor-nomor", numbered);
    draw("tinjauan", reviewed);
  };

  K.drawEnding = (exam, reason) => {
    const { journal, server, sender } = exam;
    const waiting = journal.held.length > 0;
    const facts = {
      n: exam.items.length - exam.open_numbers.length,
      belum: journal.unsent,
      ended: server.ended || "",
      bukti: exam.isOver && server.bukti,
    };
    const kept = journal.durable ? "belum-terkirim" : "tertahan";
    K.drawEnd(reason, facts, waiting && (journal.unsent ? kept : "tanda-belum"));
    if (waiting && sender.failures) K.serah().then(() => exam.closed || K.drawHandIn(exam), () => {});
  };

  // The end: why, whether all of it has arrived, and the proof.
  K.drawEnd = (reason, facts, waiting) => {
    const name = waiting ? reason + "-menunggu" : reason;
    const shown = { menunggu: waiting && K.say(waiting, { n: facts.belum }), bukti: !waiting && facts.bukti };
    K.show("akhir", shown, K.say(name, facts) || K.say(reason, facts));
    K.el("jeda").hidden = true;
    const now = waiting ? "menunggu" : reason === "disegel" ? "" : "diterima";
    document.body.dataset.kabar = now;
    K.all("[data-saat]").forEach((node) => (node.hidden = node.dataset.saat !== now));
    if (!waiting && K.el("serahan")) K.el("serahan").hidden = true;
  };
})(window.Kapuas);
