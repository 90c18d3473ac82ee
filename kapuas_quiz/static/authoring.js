/* Draws the phone preview again while somebody writes; without it the button "Pratinjau" does. */
(function () {
  "use strict";
  var form = document.getElementById("soal");
  var screen = document.getElementById("tampilan");
  if (!form || !screen || !window.fetch) return;
  var timer = 0;
  var turn = 0;

  function draw() {
    var mine = ++turn;
    fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        if (mine === turn) screen.innerHTML = html;
      })
      .catch(function () {});
  }

  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(draw, 500);
  });
})();
