// Time that is read out, a phone that goes to the next person, the way out of other apps.
(function (K) {
  "use strict";
  const LOOK_AHEAD = 5;

  // Take six digits for one of the next gifts of time; null when they are for none.
  const gift = (exam, digits) => {
    const minutes = +digits.slice(0, 2);
    for (let number = exam.known + 1; minutes && number <= exam.known + LOOK_AHEAD; number++) {
      if (K.timeCode(exam.badge.secret, number, minutes) === digits) return { number, minutes };
    }
    return null;
  };

  K.takeTime = async (exam, typed) => {
    const digits = typed.replace(/\D/g, "");
    const given = !exam || exam.isOver ? null : gift(exam, digits);
    if (!given) {
      K.el("kode-saran").textContent = K.say("kode-lain");
      return;
    }
    exam.clock.extend(given.minutes, given.number);
    exam.saveClock();
    await exam.keep("tambah", null, digits);
    exam.go(exam.index);
    exam.tell();
  };

  K.askCode = (exam) => {
    K.show("kode");
    K.el("kode-saran").textContent = K.el("kode").value = "";
    K.el("kode").focus();
    K.el("isian-kode").onsubmit = (event) => {
      event.preventDefault();
      K.takeTime(exam, K.el("kode").value);
    };
  };

  // Everything of this person leaves the phone; all of it has been received.
  K.nextPerson = async (store, badge, token) => {
    const name = badge.attempt + "|" + badge.device;
    const facts = ["form", "clock", "at"].map((fact) => fact + "|" + badge.attempt);
    await store.forget(name, facts.concat("ack|" + name, "seq|" + name, "badge|" + token));
    try {
      localStorage.removeItem(name);
    } catch (refused) {}
    history.replaceState(null, "", "/k");
    K.show("berikut");
  };
  // A storage inside another app, or none on this phone at all: lead to the phone's own browser.
  K.leadOut = () => {
    const agent = navigator.userAgent;
    const mini = agent.includes("Opera Mini");
    K.fill(K.el("dalam-aplikasi"), { mini, lain: !mini, android: agent.includes("Android"), alamat: location.href });
    K.el("buka-chrome").href = "intent://" + location.host + location.pathname + "#Intent;scheme=" +
      location.protocol.slice(0, -1) + ";package=com.android.chrome;end";
    K.el("gagal").after(K.el("dalam-aplikasi").parentNode);
    K.el("dalam-aplikasi").hidden = false;
  };
})(window.Kapuas);
