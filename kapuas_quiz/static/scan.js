// The committee's page for hand-ins without network: camera, photos, and a look at each group while typing.
import decodeQR from './vendor/qr/decode.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 6;
const LARGEST = 2000;
const LOOK_EVERY = 200;
const el = (id) => document.getElementById(id);
const form = el('serah');
const box = form.querySelector('textarea');
const groups = el('kelompok');
let camera = null;
let last = '';

// The check character of core/badge.py, with the group's place before it.
const fits = (word, index) => {
  const values = [...word].map((letter) => ALPHABET.indexOf(letter));
  if (word.length !== GROUP || values.includes(-1)) return false;
  const check = [index % 32, ...values.slice(0, -1)].reduce((total, value) => {
    const mixed = total ^ value;
    return (mixed << 1) ^ (mixed & 16 ? 37 : 0);
  }, 0);
  return check === values[GROUP - 1];
};

// Groups as they were typed; where the spaces do not make groups of six, six characters make one.
const read = (text) => {
  const plain = text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  const words = plain.split(/[\s.,;/-]+/).filter(Boolean);
  const typed = words.length > 1 && words.slice(0, -1).every((word) => word.length > 4 && word.length < 8);
  return typed ? words : words.join('').match(/.{1,6}/g) || [];
};

const judge = () => {
  if (box.value.startsWith('KQ')) return (groups.textContent = '');
  const said = read(box.value).map((word, index) => {
    const name = word.length < GROUP ? 'kurang' : fits(word, index) ? 'cocok' : 'salah';
    return `${index + 1}. ${word}: ${groups.dataset[name]}`;
  });
  return (groups.textContent = said.join(' · '));
};

// Where the script is not let in, the form goes the long way: the sign-in keeps what was to be sent.
const send = async (text) => {
  box.value = text;
  let answer;
  try {
    answer = await fetch(form.dataset.isi, { method: 'POST', body: new FormData(form), redirect: 'error' });
  } catch (signedOut) {
    return form.submit();
  }
  el('hasil-serah').insertAdjacentHTML('afterbegin', await answer.text());
  if (answer.ok) box.value = '';
  return judge();
};

// The text of a QR in a picture, '' for none.
const found = (source, width, height) => {
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  paper.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(paper.getImageData(0, 0, canvas.width, canvas.height)) || '';
  } catch (nothing) {
    return '';
  }
};

const look = async () => {
  const video = el('gambar');
  while (camera) {
    const text = video.videoWidth ? found(video, video.videoWidth, video.videoHeight) : '';
    if (text && text !== last) {
      last = text;
      await send(text);
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
  }
};

const off = () => {
  camera.getTracks().forEach((track) => track.stop());
  camera = null;
};

const toggle = async () => {
  const button = el('kamera');
  [button.textContent, button.dataset.mati] = [button.dataset.mati, button.textContent];
  el('gambar').hidden = !!camera;
  if (camera) return off();
  camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: 1280 } });
  el('gambar').srcObject = camera;
  await el('gambar').play();
  return look();
};

const refused = () => {
  el('tanpa-kamera').hidden = false;
  el('kamera').hidden = el('gambar').hidden = true;
};

const upload = async (files) => {
  el('tak-terbaca').hidden = true;
  for (const file of files) {
    const picture = await createImageBitmap(file);
    const text = found(picture, picture.width, picture.height);
    if (text) await send(text);
    else el('tak-terbaca').hidden = false;
  }
  el('foto').value = '';
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  send(box.value);
});
box.addEventListener('input', judge);
el('foto').addEventListener('change', () => upload(el('foto').files));
el('pindai').hidden = false;
if (navigator.mediaDevices) el('kamera').addEventListener('click', () => toggle().catch(refused));
else refused();
