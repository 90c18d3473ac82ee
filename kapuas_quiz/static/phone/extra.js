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
    // What is said of the time is not drowned by what is said of the network.
    exam.quiet = true;
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

  // Other tabs of the same badge let go of the person too.
  const tabs = window.BroadcastChannel && new BroadcastChannel("kapuas");
  if (tabs) tabs.onmessage = ({ data }) => data === location.pathname && location.replace("/k");

  // Whatever stands under the attempt, by whichever name this phone wrote.
  const forget = (db, attempt, token) =>
    new Promise((done, fail) => {
      const under = (key) => IDBKeyRange.bound(key, key + "~");
      const work = db.transaction(["facts", "events"], "readwrite");
      const facts = work.objectStore("facts");
      ["form|", "clock|", "at|", "ack|", "seq|"].forEach((kind) => facts.delete(under(kind + attempt)));
      facts.delete("badge|" + token);
      work.objectStore("events").delete(IDBKeyRange.bound([attempt], [attempt + "~"]));
      work.oncomplete = () => done();
      work.onabort = () => fail(work.error);
    });

  // Everything of this person leaves the phone; all of it has been received.
  K.nextPerson = async (store, badge, token) => {
    if (store.db) await forget(store.db, badge.attempt, token);
    try {
      localStorage.removeItem(badge.attempt + "|" + badge.device);
    } catch (refused) {}
    if (tabs) tabs.postMessage(location.pathname);
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
