// From the badge to the test and out again.
(function (K) {
  "use strict";
  const token = decodeURIComponent(location.pathname.split("/")[2] || "");
  const NEWS = { "belum-dibuka": 15000, "ruang-tunggu": 4000, selesai: 60000, ditutup: 60000 };
  const INFORMED = 20000;
  const SPREAD = 3000;
  let store;
  let badge;
  let exam;
  let timer;
  let pin;
  let gone;
  let tried;
  let failures = 0;

  // What a phone cannot go on without: where it is not kept, no answer counts as kept.
  const hold = (key, value) => store.put(key, value).catch(() => (store.durable = false));

  const save = (facts) => hold("badge|" + token, Object.assign(badge, facts));

  const live = () => exam && !exam.closed;

  const again = (delay) => {
    clearTimeout(timer);
    if (delay && !gone) timer = setTimeout(ask, delay * (0.75 + Math.random() / 2));
  };

  // Something was done to the room. A hall full of phones does not knock in one instant.
  const told = () => {
    if (gone) return;
    if (live()) return exam.sender.wake(0);
    const waits = K.screen() === "tunggu" && badge.state.clock === "serentak";
    clearTimeout(timer);
    timer = setTimeout(waits ? start : ask, Math.random() * SPREAD);
  };

  const offline = (fault) => {
    if (fault.status === undefined) throw fault;
    failures += 1;
    K.warn(fault.body.saran || K.say("belum-tersambung"));
  };

  const ask = async () => {
    if (document.hidden) return again(2000);
    try {
      const state = await K.call("keadaan", { token });
      if (gone || live()) return;
      failures = 0;
      K.el("gagal").hidden = true;
      hear(state);
    } catch (fault) {
      offline(fault);
      if (badge.done && badge.state && !K.screen()) end(badge.state);
      again(K.pause(failures));
    }
  };

  const hear = async (state) => {
    const ours = badge.secret && badge.attempt === state.attempt;
    K.news.from(state.news);
    if (state.status === "tidak-dikenal") return K.show("asing");
    if (state.status === "belum-dibuka") K.show("belum", words(state));
    else if (state.status === "ruang-tunggu" && ours) wait(state);
    else if (state.status === "mengerjakan" && ours) return start();
    else if (!state.attempt && (await back())) return;
    else if (["siap", "ruang-tunggu", "mengerjakan"].includes(state.status)) return greet(state);
    else if (ours && !badge.done && (await resume())) return;
    else end(state);
    const waits = state.status === "ruang-tunggu";
    again(waits && state.can_start ? 30000 : waits && K.news.works ? INFORMED : NEWS[state.status]);
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
      await save({ attempt: state.attempt, secret: state.secret, state, done: false, bukti: "", lost: 0 });
      hear(state);
    } catch ({ status, body, stack }) {
      if (stack) throw stack;
      await refused(status, body);
    }
  };

  const refused = async (status, body) => {
    if (body.galat === "perangkat-lain") {
      badge.state = await K.call("keadaan", { token }).catch(() => badge.state);
      return K.show("perangkat", words(badge.state));
    }
    if (body.galat === "perangkat-lama") return save({ device: K.newDevice() }).then(() => join(true));
    if (body.galat === "sudah-selesai") return ask();
    K.show("pin", words(badge.state));
    K.el("saran").textContent = body.saran || K.say("belum-tersambung");
    return K.el("pin").focus();
  };

  // A spare took over with a copy that lacks this attempt, its start or this phone: the secret lets it in again,
  // and the journal stays. False where that is refused, or did not help.
  const back = async () => {
    const { attempt, secret, device } = badge;
    if (!secret || badge.done || tried === attempt) return false;
    const runs = live();
    try {
      const elapsed = runs ? exam.clock.read().elapsed : undefined;
      const state = await K.call("gabung", { token, attempt, secret, device, elapsed });
      if (state.status !== "ruang-tunggu") tried = attempt;
      if (runs) exam.sender.failures = 0;
      else hear(state);
    } catch (fault) {
      if (fault.body && fault.body.galat) return false;
      offline(fault);
      if (!runs) again(K.pause(failures));
    }
    return true;
  };

  const wait = (state) => {
    if (state.clock === "serentak" && state.can_start) return start();
    if (K.screen() !== "tunggu") K.practise();
    return K.show("tunggu", Object.assign(words(state), { bersama: !state.can_start }));
  };

  const start = async () => {
    const asked = performance.now();
    try {
      const { attempt, secret, device } = badge;
      const reply = await K.call("mulai", { attempt, secret, device });
      const clock = new K.Clock();
      clock.set(reply, asked);
      const held = { form: reply.form, answers: reply.answers, ack: reply.ack };
      K.news.from(reply.news);
      await hold("form|" + attempt, held);
      await save({ done: false });
      await enter(held, clock);
    } catch (fault) {
      if (fault.status === undefined) throw fault;
      const { galat } = fault.body;
      if (["sudah-selesai", "belum-mulai"].includes(galat)) return ask();
      if (galat === "perangkat-lama") await save({ device: K.newDevice(), secret: "" });
      else if (galat && (await back())) return;
      offline(fault);
      again(K.pause(failures));
    }
  };

  const enter = async (held, clock) => {
    await K.need(held.form.items);
    clearTimeout(timer);
    if (live()) return;
    exam = new K.Exam({ store, badge, held, clock, leave });
    await exam.open();
    K.serah().catch(() => {});
    if (badge.carried) await exam.take(badge.carried).then(() => save({ carried: null, lost: 0 }));
  };

  const leave = async (status, facts) => {
    if (status === "asing" && (await back())) return;
    const { journal } = exam;
    exam.close();
    await journal.line;
    if (status === "selesai") {
      const state = Object.assign({}, badge.state, facts, { attempt: journal.attempt });
      await save({ done: true, bukti: facts.bukti || "", state });
      return hear(state);
    }
    if (status === "pindah") return K.show("pindah", { lagi: true });
    if (status === "ketinggalan") return K.show("sambung"), start();
    if (status === "bentrok") {
      K.serah().then(() => K.announce(K.say("bentrok")), () => {});
      await save({ device: K.newDevice(), carried: journal.pending, lost: journal.unsent });
    }
    await save(status === "disegel" ? Object.assign({ done: true }, facts) : { secret: "" });
    K.show("sambung");
    return ask();
  };

  const end = async (state) => {
    if (!state.attempt) return K.show("lewat");
    if (state.attempt === badge.attempt) await save({ done: true, state });
    if (badge.lost) await K.serah().then(() => K.drawEnd("disegel", badge), offline);
    else K.drawEnd(state.end_reason || "ditutup", { n: state.n_answered || 0, ended: state.ended || "", bukti: badge.bukti });
    if (state.closed) K.serah().then(() => K.results(token), () => {});
  };

  // The form is on this phone: go on without asking anybody.
  const resume = async () => {
    const held = badge.secret && !badge.done && (await store.get("form|" + badge.attempt));
    if (!held) return false;
    try {
      await enter(held, new K.Clock(await store.get("clock|" + badge.attempt)));
    } catch (fault) {
      offline(fault);
      again(K.pause(failures));
    }
    return true;
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
    kode: () => K.serah().then(() => K.askCode(exam), offline),
    lagi: () => K.turnHandIn(),
    besar: () => K.large(!document.documentElement.classList.contains("besar")),
    berikut: () => K.serah().then(() => ((gone = true), again(), K.nextPerson(store, badge, token)), offline),
    periksa: ask,
  };

  // The second tap of two falls on what the first one brought: it means nothing.
  const twice = (event) => {
    if (event.detail > 1) event.preventDefault(), event.stopPropagation();
  };
  document.addEventListener("click", twice, true);

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

  const begin = async () => {
    K.large();
    if (document.body.classList.contains("app")) K.serah().then(() => K.leadOut(), () => {});
    store = await K.openStore();
    const fresh = { device: K.newDevice() };
    badge = await store.once("badge|" + token, fresh).catch(() => ((store.durable = false), fresh));
    K.epoch = (await store.get("epoch")) || 0;
    K.learn = (epoch) => store.put("epoch", epoch).catch(() => {});
    K.news.changed = told;
    if (!(await resume())) await ask();
  };

  begin();
})(window.Kapuas);
