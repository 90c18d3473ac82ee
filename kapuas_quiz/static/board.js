// Keep marked parts of a page up to date; without this script the page reloads itself.
(function () {
  'use strict';

  function nameOf(control) { return (control.href || (control.form || {}).action || '') + control.textContent; }

  function all(box, selector) { return Array.prototype.slice.call(box.querySelectorAll(selector)); }

  // What somebody is about to press stays under the finger: the control in focus, and what was unfolded.
  function put(box, html) {
    var held = box.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    var unfolded = all(box, 'details[open] > summary').map(nameOf);
    box.innerHTML = html;
    all(box, 'summary').forEach(function (line) { line.parentNode.open = unfolded.indexOf(nameOf(line)) >= 0; });
    var again = all(box, 'a, button, summary').filter(function (control) { return nameOf(control) === held; })[0];
    if (again) { again.focus({ preventScroll: true }); }
  }

  function follow(box) {
    var etag = '';
    var pause = Number(box.dataset.every) * 1000;

    function show(lost) {
      document.querySelectorAll('[data-poll-lost]').forEach(function (note) { note.hidden = !lost; });
    }

    function ask() {
      if (document.hidden) { return wait(); }
      // A redirect means that the sign-in has expired; its page must not land in the board.
      fetch(box.dataset.poll, { headers: etag ? { 'If-None-Match': etag } : {}, redirect: 'error' })
        .then(function (answer) {
          show(!answer.ok && answer.status !== 304);
          if (!answer.ok) { return undefined; }
          etag = answer.headers.get('ETag') || '';
          return answer.text().then(function (html) { put(box, html); });
        })
        .catch(function () { show(true); })
        .then(wait);
    }

    function wait() { setTimeout(ask, pause); }

    wait();
  }

  document.querySelectorAll('[data-poll]').forEach(follow);
})();

// The battery of this laptop, where the browser tells and the server does not.
(function () {
  'use strict';

  var line = document.querySelector('[data-battery]');
  if (!line || !navigator.getBattery || document.querySelector('[data-power]')) { return; }
  navigator.getBattery().then(function (battery) {
    function show() {
      line.hidden = false;
      line.querySelector('[data-battery-percent]').textContent = Math.round(battery.level * 100);
      line.querySelector('[data-battery-low]').hidden = battery.charging;
    }
    battery.addEventListener('levelchange', show);
    battery.addEventListener('chargingchange', show);
    show();
  }).catch(function () {});
})();
