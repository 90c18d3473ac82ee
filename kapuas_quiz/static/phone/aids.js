// A question to practise on, and bigger letters.
(function (K) {
  "use strict";
  K.practise = () => {
    const item = JSON.parse(K.el("latihan").textContent);
    const root = K.el("pilihan-latihan");
    const type = K.types[item.type];
    type.draw(root, item, null, (value) => {
      type.mark(root, value);
      K.el("latihan-jadi").hidden = false;
    });
  };

  // Bigger letters, kept on this phone; undefined asks what was kept.
  K.large = (wanted) => {
    try {
      if (wanted !== undefined) localStorage.setItem("besar", wanted ? "1" : "");
      else wanted = !!localStorage.getItem("besar");
    } catch (refused) {}
    document.documentElement.classList.toggle("besar", !!wanted);
    K.all("[data-tekan=besar]").forEach((button) => button.setAttribute("aria-pressed", !!wanted));
  };
})(window.Kapuas);
