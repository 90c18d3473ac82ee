/* The keyboard page of answer sheets: one key an answer, a running count, nothing asked that was said. */
(function () {
  'use strict';
  var form = document.querySelector('[data-sheet]');
  if (!form) return;
  var box = form.querySelector('[data-places]');
  var places = Array.prototype.slice.call(box.querySelectorAll('input'));
  var fault = form.querySelector('[data-fault]');
  var store = form.querySelector('[data-store]');
  var LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  var asked = false;

  function labelOf(input) { return input.name.slice(2); }

  function isBlank(input) {
    var text = input.value.trim();
    return text === '' || text === '-' || (text === '0' && hasMarks(input));
  }

  function hasMarks(input) { return 'keys' in input.dataset || 'many' in input.dataset || input.inputMode === 'numeric'; }

  function say(words) {
    fault.textContent = words;
    fault.hidden = !words;
  }

  function count() {
    var letters = {}, others = 0, blank = 0;
    places.forEach(function (input) {
      var lettered = LETTERS.indexOf((input.dataset.keys || input.dataset.many || '0').charAt(0)) >= 0;
      input.classList.toggle('typed', input.value !== '');
      if (isBlank(input)) blank += 1;
      else if (lettered) {
        LETTERS.split('').forEach(function (letter) {
          if (input.value.toUpperCase().indexOf(letter) >= 0) letters[letter] = (letters[letter] || 0) + 1;
        });
      } else others += 1;
    });
    var said = Object.keys(letters).sort().map(function (letter) { return letter + letters[letter]; });
    form.querySelector('[data-tally]').textContent = said.concat('lain ' + others, 'kosong ' + blank).join(' ');
  }

  function go(input, step) {
    var next = places[places.indexOf(input) + step];
    if (next) {
      next.focus();
      next.select();
    } else if (step > 0) (form.querySelector('textarea') || store).focus();
  }

  function put(input, text, step) {
    input.value = text;
    input.removeAttribute('aria-invalid');
    say('');
    asked = false;
    count();
    if (step) go(input, step);
  }

  function refuse(input, key, keys) {
    input.setAttribute('aria-invalid', 'true');
    say(box.dataset.words.replace('{n}', labelOf(input)).replace('{tombol}', key).replace('{pilihan}', keys.split('').join(' ')));
  }

  function mark(key, keys) {
    var upper = key.toUpperCase();
    if (keys.indexOf(upper) >= 0) return upper;
    return keys.charAt(0) === 'A' && '123456789'.indexOf(key) >= 0 ? keys.charAt('123456789'.indexOf(key)) : '';
  }

  function typed(event, input) {
    var keys = input.dataset.keys;
    if (keys) {
      event.preventDefault();
      if (event.key === '0' || event.key === '-' || event.key === ' ') put(input, '-', 1);
      else if (mark(event.key, keys)) put(input, mark(event.key, keys), 1);
      else refuse(input, event.key.toUpperCase(), keys);
    } else if (input.dataset.many) {
      event.preventDefault();
      var found = mark(event.key, input.dataset.many);
      if ('0-'.indexOf(event.key) >= 0) put(input, '-', 1);
      else if (!found) refuse(input, event.key.toUpperCase(), input.dataset.many);
      else if (input.value.indexOf(found) < 0) put(input, (input.value.replace('-', '') + found).split('').sort().join(''), 0);
    }
  }

  function erased(event, input) {
    if (input.value && !input.dataset.keys) return;
    event.preventDefault();
    if (input.value) put(input, '', 0);
    else {
      var before = places[places.indexOf(input) - 1];
      if (before && before.dataset.keys) put(before, '', 0);
      go(input, -1);
    }
  }

  function readBook(input) {
    var name = input.value.trim().toUpperCase();
    if (name.length < 2) return;
    if (name === input.dataset.book) {
      input.removeAttribute('aria-invalid');
      places[0].focus();
      return;
    }
    var other = document.querySelector('[data-booklet="' + name.replace(/[^A-Z0-9]/g, '') + '"]');
    if (other) location.href = other.href + '&cek=' + name;
    else input.setAttribute('aria-invalid', 'true');
  }

  var book = form.querySelector('[data-book]');
  if (book) {
    book.addEventListener('input', function () { readBook(book); });
    book.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      readBook(book);
    });
  }

  box.addEventListener('keydown', function (event) {
    var input = event.target;
    if (places.indexOf(input) < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    var steps = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Enter: 1};
    var inWord = !input.dataset.keys && input.value && /Left|Right/.test(event.key);
    if (event.key === 'Backspace') erased(event, input);
    else if (steps[event.key] && !inWord) {
      event.preventDefault();
      go(input, steps[event.key]);
    } else if (event.key.length === 1) typed(event, input);
  });

  box.addEventListener('input', count);

  form.addEventListener('submit', function (event) {
    var untyped = places.filter(function (input) { return input.value.trim() === ''; }).map(labelOf);
    if (!untyped.length || asked) return;
    event.preventDefault();
    asked = true;
    say(box.dataset.untyped.replace('{nomor}', untyped.join(', ')));
    fault.scrollIntoView({block: 'center'});
  });

  count();
}());
