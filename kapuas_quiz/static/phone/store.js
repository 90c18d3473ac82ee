// What the phone holds: an IndexedDB where the browser gives one, else memory, and the page says which.
(function (K) {
  "use strict";
  const result = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });

  const open = () =>
    new Promise((done, fail) => {
      const request = indexedDB.open("kapuas", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("facts");
        request.result.createObjectStore("events");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = request.onblocked = () => fail(request.error);
    });

  const all = (journal) => IDBKeyRange.bound([journal, 0], [journal, Infinity]);

  const inMemory = () => {
    const facts = new Map();
    return {
      durable: false,
      close() {},
      get: async (key) => facts.get(key),
      put: async (key, value) => void facts.set(key, value),
      once: async (key, value) => facts.get(key) || (facts.set(key, value), value),
      read: async () => ({ events: [] }),
      append: async () => Promise.reject(new Error("memory")),
    };
  };

  const inDatabase = (db) => ({
    db,
    durable: true,
    close: () => db.close(),

    // Undefined also where the browser took the storage away.
    get: async (key) => {
      try {
        return await result(db.transaction("facts").objectStore("facts").get(key));
      } catch (gone) {}
    },

    put: (key, value) =>
      new Promise((done, fail) => {
        const work = db.transaction("facts", "readwrite");
        work.oncomplete = () => done();
        work.onabort = () => fail(work.error);
        work.objectStore("facts").put(value, key);
      }),

    // The value already there, else this one: two tabs agree.
    once: (key, value) =>
      new Promise((done, fail) => {
        const work = db.transaction("facts", "readwrite");
        const facts = work.objectStore("facts");
        const found = facts.get(key);
        found.onsuccess = () => found.result || facts.put(value, key);
        work.oncomplete = () => done(found.result || value);
        work.onabort = () => fail(work.error);
      }),

    // All events of one journal, in order, and what was last heard of them, as of one moment.
    read: async (journal) => {
      const work = db.transaction(["facts", "events"]);
      const [events, ack] = await Promise.all([
        result(work.objectStore("events").getAll(all(journal))),
        result(work.objectStore("facts").get("ack|" + journal)),
      ]);
      return { events, ack };
    },

    // Number an event above `floor` and keep it, in one transaction, so that two tabs share one count.
    // Settles only when the browser says that it is written.
    append: (journal, event, floor) =>
      new Promise((done, fail) => {
        const work = db.transaction(["facts", "events"], "readwrite", { durability: "strict" });
        const facts = work.objectStore("facts");
        const last = facts.get("seq|" + journal);
        let numbered;
        last.onsuccess = () => {
          numbered = Object.assign({ s: Math.max(last.result || 0, floor) + 1 }, event);
          facts.put(numbered.s, "seq|" + journal);
          work.objectStore("events").add(numbered, [journal, numbered.s]);
        };
        work.oncomplete = () => done(numbered);
        work.onabort = () => fail(work.error);
      }),
  });

  K.openStore = async () => {
    try {
      const store = inDatabase(await open());
      await store.put("coba", 1);
      return store;
    } catch (refused) {
      return inMemory();
    }
  };

  K.newDevice = () => {
    const letters = "abcdefghjkmnpqrstuvwxyz23456789";
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => letters[byte % letters.length]).join("");
  };
})(window.Kapuas);
