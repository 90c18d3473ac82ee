// The page: screens, slots and sentences. All words stand in the HTML; scripts only choose among them.
(function (K) {
  "use strict";
  const words = JSON.parse(document.getElementById("kata").textContent);
  const title = document.getElementById("judul");
  let current = "";
  let wanted = "";

  K.el = (id) => document.getElementById(id);
  K.all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  K.make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // The sentence of that name, with {slots} filled.
  K.say = (name, values) =>
    (words[name] || "").replace(/\{(\w+)\}/g, (_, key) => (values && values[key] !== undefined ? values[key] : ""));

  // Fill each [data-f] with its value and show each [data-if] whose value is true.
  K.fill = (root, values) => {
    K.all("[data-f]", root).forEach((node) => (node.textContent = values[node.dataset.f] || ""));
    K.all("[data-if]", root).forEach((node) => (node.hidden = !values[node.dataset.if]));
  };

  K.screen = () => current;

  const turn = () =>
    K.all("[data-layar]").forEach((node) => (node.hidden = !node.dataset.layar.split(" ").includes(current)));

  // Show one screen and hide the others; a reader of screens hears its title.
  K.show = (name, values, heading) => {
    const section = K.el("layar-" + name);
    wanted = name;
    if (!section) return K.serah().then(() => wanted === name && K.show(name, values, heading), () => K.warn(K.say("belum-tersambung")));
    K.fill(section, values || {});
    title.textContent = heading || section.dataset.title;
    if (name === current) return;
    document.body.dataset.di = current = name;
    turn();
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  // Screens and sentences that come late.
  K.late = (html) => {
    K.el("isi").insertAdjacentHTML("beforeend", html);
    Object.assign(words, JSON.parse(K.el("kata-lain").textContent));
    turn();
  };

  // Say what does not work now, until it works.
  K.warn = (text) => {
    K.el("gagal").textContent = text;
    K.el("gagal").hidden = false;
  };

  // Speak once to screen readers; show it for a while too, unless the page says it elsewhere.
  let silence;
  K.announce = (text, seenElsewhere) => {
    const voice = K.el("suara");
    voice.textContent = text;
    voice.classList.toggle("unseen", !!seenElsewhere);
    clearTimeout(silence);
    silence = setTimeout(() => (voice.textContent = ""), 8000);
  };
})((window.Kapuas = {}));
