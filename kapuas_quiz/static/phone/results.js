// What a person may know of the own result: words per competency.
(function (K) {
  "use strict";
  K.results = async (token) => {
    let found;
    try {
      found = await K.call("hasil", { token });
    } catch (fault) {
      if (fault.status === undefined) throw fault;
      return;
    }
    if (found.status !== "ada") return;
    const list = K.el("hasil-materi");
    list.textContent = "";
    for (const { title, words, study } of found.competencies) {
      list.append(K.make("dt", "", title), K.make("dd", "", [words, study].filter(Boolean).join(" ")));
    }
    K.el("hasil-kata").textContent = found.words;
    K.el("hasil-ulas").hidden = !found.review;
    if (found.review) K.el("hasil-ulas").href = found.review;
    K.el("hasil").hidden = false;
    K.el("hasil-nanti").hidden = K.el("periksa").hidden = true;
  };
})(window.Kapuas);
