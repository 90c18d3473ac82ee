// Over HTTPS the page opens without the server from now on, also by a reload.
(function () {
  "use strict";
  const worker = navigator.serviceWorker;
  if (worker) worker.register("/sw.js", { scope: "/k/" }).catch(() => {});
})();
