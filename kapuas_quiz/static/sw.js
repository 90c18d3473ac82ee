// Over HTTPS the page behind a badge opens without the server, also by a reload. Kept are that page, which is
// the same for everybody, and the files that it names: no answer, no page of staff, nothing under /t/.
"use strict";
const CACHE = "kapuas";
const DOOR = "/k/";
const PATIENCE = 4000;
const FILES = /"(\/(?:static\/|hp-)[^"\s]+)"/g;

const isDoor = (url) => url.pathname.startsWith(DOOR) && !url.searchParams.has("polos");
const isFile = (url) => url.pathname.startsWith("/static/") || url.pathname.startsWith("/hp-");
const kept = (key) => caches.match(key, { cacheName: CACHE, ignoreVary: true }).catch(() => undefined);

// Put the page in place of the former one, once everything that it names is here too.
const keep = async (page) => {
  const copy = page.clone();
  const text = await page.text();
  const former = await kept(DOOR);
  if (former && (await former.text()) === text) return;
  const names = Array.from(text.matchAll(FILES), (found) => found[1]);
  const cache = await caches.open(CACHE);
  const here = (await cache.keys()).map((request) => request.url.slice(location.origin.length));
  await cache.addAll(names.filter((name, at) => !here.includes(name) && names.indexOf(name) === at));
  await cache.put(DOOR, copy);
  const over = here.filter((name) => name !== DOOR && !names.includes(name));
  await Promise.all(over.map((name) => cache.delete(name, { ignoreVary: true })));
};

const isWhole = (response) => response.status === 200 && !response.redirected;

const openDoor = async (event) => {
  const network = fetch(event.request).then((response) => {
    if (response.status >= 500) throw response;
    return response;
  });
  // Asked for at once: a page that comes after the kept one was shown is kept for the next time.
  event.waitUntil(network.then((response) => isWhole(response) && keep(response.clone())).catch(() => {}));
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => kept(DOOR));
  try {
    return (await Promise.race([network, late])) || (await network);
  } catch (away) {
    const page = await kept(DOOR);
    if (page) return page;
    if (away instanceof Response) return away;
    throw away;
  }
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(
    clients.matchAll({ includeUncontrolled: true, type: "window" }).then(async (pages) => {
      const page = pages.find((one) => isDoor(new URL(one.url)));
      const response = page && (await fetch(page.url));
      if (response && isWhole(response)) await keep(response);
    })
  );
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isDoor(url)) event.respondWith(openDoor(event));
  else if (isFile(url)) event.respondWith(kept(request).then((file) => file || fetch(request)));
});
