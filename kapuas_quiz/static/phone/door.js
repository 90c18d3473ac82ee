// From the badge to the test and out again.
(function (K) {
  "use strict";
  const token = decodeURIComponent(location.pathname.split("/")[2] || "");
  const NEWS = { "belum-dibuka": 15000, "ruang-tunggu": 4000, selesai: 60000, ditutup: 60000, hasil: 0 };
  let store, badge, exam, timer, pin;
  let failures = 0;

  const save = (facts) => store.put("badge|" + token, Object.assign(badge, facts)).catch(() => {});

  const again = (delay) => {
    clearTimeout(timer);
    if (delay) timer = setTimeout(ask, delay * (0.75 + Math.random() / 2));
  };

  const offline = (fault) => {
    if (fault.status === undefined) throw fault;
    failures += 1;
    K.el("gagal").textContent = fault.body.saran || K.say("belum-tersambung");
    K.el("gagal").hidden = false;
  };

  const ask = async () => {
    if (document.hidden) return again(2000);
    try {
      const state = await K.call("keadaan", { token, attempt: badge.attempt, device: badge.device });
      failures = 0;
      K.el("gagal").hidden = true;
      hear(state);
    } catch (fault) {
      offline(fault);
      if (badge.done && badge.state && !K.screen()) end(badge.state);
      again(K.pause(failures));
    }
  };

  const hear = (state) => {
    const ours = badge.secret && badge.attempt === state.attempt;
    if (state.status === "tidak-dikenal") return K.show("asing");
    if (state.status === "belum-dibuka") K.show("belum", words(state));
    else if (state.status === "ruang-tunggu" && ours) wait(state);
    else if (state.status === "mengerjakan" && ours) return start();
    else if (["siap", "ruang-tunggu", "mengerjakan"].includes(state.status)) return greet(state);
    else end(state);
    again(state.status === "ruang-tunggu" && state.can_start ? 30000 : NEWS[state.status]);
  };

  const words = (state) =>
    Object.assign({}, state, {
      tes: K.say(state.assessment),
      jabatan: [state.position, state.body, state.place].filter(Boolean).join(" · "),
      "belum-diverifikasi": state.verified === false,
      n: state.n_items,
    });

  const greet = (state) => {
    badge.state = state;
    if (!["nama", "bukan", "pin", "perangkat"].includes(K.screen())) K.show("nama", words(state), K.say("anda", state));
  };

  const join = async (takeover) => {
    K.el("saran").textContent = "";
    try {
      const state = await K.call("gabung", { token, pin, device: badge.device, takeover });
      await save({ attempt: state.attempt, secret: state.secret, state, done: false });
      hear(state);
    } catch ({ status, body, stack }) {
      if (stack) throw stack;
      await refused(status, body);
    }
  };

  const refused = async (status, body) => {
    if (body.galat === "perangkat-lain") return K.show("perangkat", body);
    if (body.galat === "perangkat-lama") return save({ device: K.newDevice() }).then(() => join(true));
    if (body.galat === "sudah-selesai") return ask();
    K.show("pin", words(badge.state));
    K.el("saran").textContent = body.saran || K.say("belum-tersambung");
    return K.el("pin").focus();
  };

  const wait = (state) => {
    if (state.clock === "serentak" && state.can_start) return start();
    if (K.screen() !== "tunggu") practise();
    return K.show("tunggu", Object.assign(words(state), { bersama: !state.can_start }));
  };

  const practise = () => {
    const item = JSON.parse(K.el("latihan").textContent);
    const root = K.el("pilihan-latihan");
    const type = K.types[item.type];
    type.draw(root, item, null, (value) => {
      type.mark(root, value);
      K.el("latihan-jadi").hidden = false;
    });
  };

  const start = async () => {
    const asked = performance.now();
    try {
      const { attempt, secret, device } = badge;
      const reply = await K.call("mulai", { attempt, secret, device });
      const clock = new K.Clock();
      clock.set(reply, asked);
      const held = { form: reply.form, answers: reply.answers, ack: reply.ack };
      await store.put("form|" + attempt, held).catch(() => {});
      await enter(held, clock);
    } catch (fault) {
      if (fault.status === undefined) throw fault;
      if (fault.body.galat === "sudah-selesai") return ask();
      if (fault.body.galat === "perangkat-lama") await save({ device: K.newDevice(), secret: "" });
      offline(fault);
      again(K.pause(failures));
    }
  };

  const enter = async (held, clock) => {
    await K.need(held.form.items);
    clearTimeout(timer);
    if (exam) exam.close();
    exam = new K.Exam({ store, badge, held, clock, leave });
    await exam.open();
    if (badge.carried) await exam.take(badge.carried).then(() => save({ carried: null }));
  };

  const leave = async (status, facts) => {
    const left = exam.badge.attempt;
    exam.close();
    if (status === "selesai" || status === "disegel") {
      await save({ done: true, state: Object.assign({}, badge.state, facts, { attempt: left }) });
      return facts.unsent ? K.drawEnd("disegel", facts) : hear(badge.state);
    }
    if (status === "pindah") return K.show("pindah", words(badge.state));
    if (status === "bentrok") {
      K.announce(K.say("bentrok"));
      await save({ device: K.newDevice(), carried: exam.journal.pending });
    }
    await save({ secret: "" });
    K.show("sambung");
    return ask();
  };

  const end = async (state) => {
    await save({ done: true, state });
    if (!state.attempt) return K.show("lewat");
    K.drawEnd(state.end_reason || "ditutup", { n: state.n_answered || 0, ended: state.ended || "" }, "");
    if (state.closed) K.results(token);
  };

  // The form is on this phone: go on without asking anybody.
  const resume = async () => {
    const held = badge.attempt && badge.secret && !badge.done && (await store.get("form|" + badge.attempt));
    if (!held) return false;
    const kept = await store.get("clock|" + badge.attempt);
    try {
      await enter(held, new K.Clock(kept));
      return true;
    } catch (fault) {
      offline(fault);
      return false;
    }
  };

  const press = {
    benar: () => K.show("pin", words(badge.state)),
    bukan: () => K.show("bukan"),
    kembali: () => K.show("nama", words(badge.state), K.say("anda", badge.state)),
    ambil: () => join(true),
    mulai: start,
    lanjut: () => K.show("pin", words(badge.state)),
    mundur: () => exam.go(exam.index - 1),
    maju: () => (exam.index + 1 < exam.items.length ? exam.go(exam.index + 1) : press.daftar()),
    ragu: () => exam.flag(),
    waktu: () => K.toggleTime(exam),
    daftar: () => (K.show("daftar"), K.drawList(exam)),
    soal: () => exam.go(exam.index),
    selesai: () => {
      const told = (name, list) => (list.length ? K.say(name, { list: list.join(", ") }) + " " : "");
      const kosong = told("yang-kosong", exam.open_numbers) + told("yang-kurang", exam.numbers(K.isPartial));
      K.show("yakin", { kosong });
    },
    serah: () => exam.finish(),
    periksa: ask,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    K.flush();
    const action = press[button.dataset.tekan || button.id];
    if (button.dataset.ke) exam.go(+button.dataset.ke);
    else if (action) action();
  });

  K.el("isian-pin").addEventListener("submit", (event) => {
    event.preventDefault();
    pin = K.el("pin").value.trim();
    if (pin) join(false);
  });

  const inOtherApp = () => {
    const link = K.el("buka-chrome");
    if (!/;\swv\)|FBA[NV]|Instagram|Line\//.test(navigator.userAgent)) return;
    link.href = "intent://" + location.host + location.pathname + "#Intent;scheme=" +
      location.protocol.slice(0, -1) + ";package=com.android.chrome;end";
    K.el("dalam-aplikasi").hidden = false;
  };

  const begin = async () => {
    inOtherApp();
    store = await K.openStore();
    badge = await store.once("badge|" + token, { device: K.newDevice() });
    if (!(await resume())) await ask();
  };

  begin();
})(window.Kapuas);
