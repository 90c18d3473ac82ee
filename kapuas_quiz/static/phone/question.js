// How each type of question looks and is answered; one entry a type.
(function (K) {
  "use strict";

  // A whole option is the target. The browser may not tick it: `mark` does, once the answer is kept.
  const option = (choice, group, answer, choose) => {
    const label = K.make("label", "opt");
    const input = K.make("input");
    Object.assign(input, { type: "radio", name: group, value: choice.id, checked: answer === choice.id });
    input.dataset.kept = input.checked ? "1" : "";
    input.addEventListener("click", (event) => {
      event.preventDefault();
      if (!input.dataset.kept) setTimeout(() => choose(choice.id));
    });
    label.append(input, K.make("span", "", choice.text));
    return label;
  };

  K.types = {
    single_choice: {
      draw(root, item, answer, choose) {
        root.textContent = "";
        root.append(...item.options.map((choice) => option(choice, root.id + item.n, answer, choose)));
      },
      // Show what is chosen now, and what waits to be kept.
      mark(root, answer, waiting) {
        K.all("input", root).forEach((input) => {
          input.checked = input.value === answer;
          input.dataset.kept = input.checked ? "1" : "";
          input.parentNode.classList.toggle("waits", input.value === waiting);
        });
      },
      words: (item, answer) => (item.options.find((choice) => choice.id === answer) || {}).text,
    },
  };

  // Keep what is typed, and tell whether a field is empty: the script of questions with fields knows how.
  K.flush = K.isPartial = () => {};

  // Fetch a further script, once it has come never again; throws like a call.
  const scripts = {};
  const fetched = (name) =>
    scripts[name] ||
    (scripts[name] = new Promise((done, fail) => {
      const script = K.make("script");
      script.src = K.el("pilihan").dataset[name];
      script.onload = done;
      script.onerror = () => fail({ status: 0, body: {} });
      document.head.append(script);
    }).catch((fault) => {
      delete scripts[name];
      throw fault;
    }));

  K.need = async (items) => {
    if (items.every((item) => K.types[item.type])) return;
    const looks = K.make("link");
    Object.assign(looks, { rel: "stylesheet", href: K.el("pilihan").dataset.looks });
    document.head.append(looks);
    await fetched("fields");
  };

  // What comes late: the hand-in without network, time that is read out, results.
  K.serah = () => fetched("late");

  K.plain = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    K.all("svg", box.content).forEach((picture) => picture.remove());
    return box.content.textContent.trim();
  };
})(window.Kapuas);
