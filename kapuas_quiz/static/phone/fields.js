// Questions whose fields the server has drawn: what stands in them is read, kept and shown again.
(function (K) {
  "use strict";
  const PAUSE = 600;
  const LONGEST = 200;
  const NUMBER = /^(rp\.?)?\s*[-+\u2212]?\s*\d/i;
  let now;
  let timer;

  const prefix = (item) => "q-" + item.n + ".";
  const controls = (root) => K.all("input,select", root);
  const isChoice = (control) => control.type === "radio" || control.type === "checkbox";
  const isWords = (control, text) => !!text && !!control.inputMode && !NUMBER.test(text);
  const sorted = (fields) => JSON.stringify(Object.keys(fields).sort().map((name) => [name, fields[name]]));
  const same = (one, other) => sorted(one) === sorted(other);
  const copy = (fields) => Object.assign({}, fields);

  // What is typed but not yet in the journal: at hand at once, also when the page dies in the next moment.
  const draft = (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else if (value === null) localStorage.removeItem(key);
      else return JSON.parse(localStorage.getItem(key)) || {};
    } catch (refused) {
      return {};
    }
  };

  const set = (field, value) => {
    if (value) now.wanted[field] = value.slice(0, LONGEST);
    else delete now.wanted[field];
    draft(now.key, { n: now.item.n, a: now.wanted });
  };

  K.flush = () => {
    clearTimeout(timer);
    if (!now || same(now.wanted, now.sent)) return undefined;
    now.sent = copy(now.wanted);
    return now.choose(Object.keys(now.sent).length ? now.sent : null);
  };

  // The browser may not tick a choice: `show` does, once the answer is kept.
  const listen = (control, field) => {
    if (isChoice(control)) {
      control.addEventListener("click", (event) => {
        event.preventDefault();
        set(field, control.type === "checkbox" && now.wanted[field] ? "" : control.value);
        setTimeout(K.flush);
      });
      return;
    }
    control.addEventListener("input", () => {
      set(field, control.value.trim());
      clearTimeout(timer);
      timer = setTimeout(K.flush, PAUSE);
    });
    control.addEventListener("change", () => K.flush());
  };

  const show = () => {
    for (const control of controls(now.root)) {
      const field = control.name.slice(prefix(now.item).length);
      const [wanted, kept] = [now.wanted[field] || "", now.kept[field] || ""];
      if (isChoice(control)) {
        control.checked = kept === control.value;
        control.closest("label").classList.toggle("waits", (wanted === control.value) !== control.checked);
      } else {
        if (control.value.trim() !== wanted) control.value = wanted;
        control.classList.toggle("waits", wanted !== kept);
        control.setAttribute("aria-invalid", wanted === kept && isWords(control, kept));
      }
    }
    K.all("[data-digits]", now.root).forEach((hint) => {
      hint.hidden = !hint.parentNode.querySelector("[aria-invalid=true]");
    });
  };

  const parsed = (item) => {
    const box = K.make("template");
    box.innerHTML = item.html;
    return box.content;
  };

  const named = (control, root) => {
    const label = control.closest("label") || root.querySelector("label[for='" + control.id + "']");
    return control.getAttribute("aria-label") || label.textContent.trim();
  };

  const said = (control, root, text) => {
    if (isChoice(control)) return named(control, root);
    const value = control.options ? Array.from(control.options).find((o) => o.value === text).text : text;
    return named(control, root) + ": " + value;
  };

  K.types.isian = {
    draw(root, item, answer, choose, key) {
      root.innerHTML = item.html;
      const kept = copy(answer);
      const typed = draft(key);
      now = { root, item, choose, key, kept, sent: kept, wanted: copy(typed.n === item.n ? typed.a : kept) };
      controls(root).forEach((control) => listen(control, control.name.slice(prefix(item).length)));
      show();
      K.rank(root, set);
      if (!same(now.wanted, kept)) setTimeout(K.flush);
    },

    mark(root, answer) {
      const kept = copy(answer);
      if (same(now.wanted, now.kept)) Object.assign(now, { wanted: copy(kept), sent: kept });
      now.kept = kept;
      if (same(now.wanted, kept)) draft(now.key, null);
      show();
      K.inOrder(root, !Object.keys(kept).length || !same(now.wanted, kept));
    },

    words(item, answer) {
      const root = parsed(item);
      const given = (control) => (answer || {})[control.name.slice(prefix(item).length)];
      const filled = controls(root).filter((control) => (isChoice(control) ? given(control) === control.value : given(control)));
      const words = filled.map((control) => [given(control), said(control, root, given(control))]);
      return (root.querySelector(".rank") ? words.sort() : words).map(([, text]) => text).join("; ");
    },
  };

  // Of boxes to tick, one of a group is enough; what takes a number needs one.
  K.isPartial = (item, answer) =>
    !!answer && !!item.html && controls(parsed(item)).some((control) => {
      const field = control.name.slice(prefix(item).length);
      const group = field.slice(0, field.lastIndexOf(".") + 1);
      return control.type === "checkbox" ? !Object.keys(answer).some((name) => name.startsWith(group)) : !answer[field] || isWords(control, answer[field]);
    });
})(window.Kapuas);
