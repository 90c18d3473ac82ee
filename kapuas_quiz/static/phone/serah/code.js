// The code that is read out: the twin of core/handed_code.py.
(function (K) {
  "use strict";
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const GROUP = 5;
  const GROUP_BITS = 25;
  const NUMBERS = 5001;
  const MINUTES = 1024;

  // Fields of an answer and the values that they may hold; null where it is typed freely.
  const fieldsOf = (item) =>
    (item.options ? [[[""], item.options.map((option) => option.id)]] : item.c || []).reduce(
      (all, [names, values]) => all.concat(names.map((name) => [name, values])), []
    );

  K.canSay = (item) => fieldsOf(item).length > 0;

  const digitsOf = (item, answer) =>
    fieldsOf(item).map(([name, values]) => {
      const given = name === "" ? answer : (answer || {})[name];
      return [values.length + 1, values.indexOf(given) + 1];
    });

  // The digits of one number, each with its radix.
  const number = (digits) =>
    digits.reduce(([whole, most], [radix, digit]) => [whole * BigInt(radix) + BigInt(digit), most * BigInt(radix)],
      [BigInt(0), BigInt(1)]);

  const check = (values) =>
    values.reduce((total, value) => {
      const mixed = total ^ value;
      return (mixed << 1) ^ (mixed & 16 ? 37 : 0);
    }, 0);

  const group = (value, index) => {
    const values = [];
    for (let place = GROUP - 1; place >= 0; place--) values.push((value >> (5 * place)) & 31);
    return values.concat(check([index % 32].concat(values))).map((each) => ALPHABET[each]).join("");
  };

  const first = (bytes) => new DataView(bytes.buffer).getUint32(0);

  // `answerOf(item)`: what counts on this phone now.
  K.codeGroups = (items, answerOf, facts) => {
    const answers = items.reduce((all, item) => all.concat(digitsOf(item, answerOf(item))), []);
    const end = [[NUMBERS, facts.last], [MINUTES, Math.min(facts.minute, MINUTES - 1)]];
    const [whole, most] = number(answers.concat(end));
    const mac = first(K.hmac(facts.secret, "kode|" + facts.device + "|" + whole)) >>> (32 - GROUP_BITS);
    const groups = [];
    let left = whole;
    for (let index = Math.ceil((most - BigInt(1)).toString(2).length / GROUP_BITS); index > 0; index--) {
      groups.unshift(group(Number(left & BigInt(2 ** GROUP_BITS - 1)), index));
      left >>= BigInt(GROUP_BITS);
    }
    return [group(mac, 0)].concat(groups);
  };

  // Six digits: minutes that the trainer gives, and four that only this attempt's secret makes.
  K.timeCode = (secret, number, minutes) => {
    const mac = K.hmac(secret, "waktu|" + number + "|" + minutes).reduce((rest, byte) => (rest * 256 + byte) % 10000, 0);
    return ("0" + minutes).slice(-2) + ("000" + mac).slice(-4);
  };
})(window.Kapuas);
