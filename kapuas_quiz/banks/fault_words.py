"""What is wrong with an item, in the words of the page instead of the names that stand in a bank file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l

from kapuas_quiz.banks.registers import load_registers

KeyPath = tuple[str | int, ...]
Told = tuple[KeyPath, str]

NAMES = {
    "type": _l("Jenis"), "level": _l("Jenjang"), "stem": _l("Pokok soal"), "rationale": _l("Pembahasan"),
    "options": _l("Pilihan"), "key": _l("Kunci"), "keys": _l("Kunci"), "scoring": _l("Penilaian"),
    "steps": _l("Langkah"), "pairs": _l("Pasangan"), "left": _l("Kiri"), "right": _l("Kanan"),
    "extra": _l("Pengecoh"), "accepted": _l("Jawaban yang diterima"), "tolerance": _l("Boleh meleset sampai"),
    "unit": _l("Satuan"), "parts": _l("Pertanyaan"), "cells": _l("Aturan yang digambar"),
    "ballots": _l("Banyaknya surat suara"), "layout": _l("Formulir"), "task": _l("Tugas"),
    "blank": _l("Banyaknya sel kosong"), "errors": _l("Kesalahan yang ditanam"),
    "places": _l("Banyaknya TPS atau desa"), "rules": _l("Nama aturan jumlah"), "facts": _l("Fakta"),
    "citation": _l("Dasar hukum"), "instrument": _l("Peraturan"), "article": _l("Pasal"),
    "paragraph": _l("Ayat"), "letter": _l("Huruf"), "point": _l("Angka"), "review": _l("Keadaan"),
    "review_note": _l("Catatan untuk penelaah"), "picture": _l("Gambar"), "waive": _l("Pengecualian"),
}  # fmt: skip

UNMARKED = r"kunci '' bukan id pilihan; pilih salah satu: .*"
MARK_LINE = _l(
    "Belum jelas mana yang benar. Tulis tanda * di depan satu pilihan yang benar, misalnya: * KPPS"
)
SAYINGS = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"'\w+' masih kosong; isi\.", _l("Masih kosong; isi.")),
        (r"kunci '\w+' belum ada; tambahkan\.", _l("Belum ada; isi.")),
        (r"'facts' berisi 0; .*", _l("Belum ada fakta; pilih paling sedikit satu.")),
        (r"'keys' berisi 0; .*", _l("Belum ada jawaban yang ditandai benar; tandai.")),
        (UNMARKED, _l("Belum ada jawaban yang ditandai benar; tandai satu.")),
        (
            r"'\w+' berisi (?P<n>\d+); paling sedikit (?P<least>\d+)\.",
            _l("Baru ada %(n)s; paling sedikit %(least)s."),
        ),
        (
            r"'\w+' berisi (?P<n>\d+); paling banyak (?P<most>\d+)\.",
            _l("Ada %(n)s; paling banyak %(most)s."),
        ),
        (
            r"kunci '(?P<key>.*)' bukan id pilihan; pilih salah satu: (?P<keys>.*)\.",
            _l("Kunci %(key)s tidak ada di antara pilihan yang terisi: %(keys)s."),
        ),
        (r"'\w+: ' tidak dikenal; pilih salah satu: (?P<ids>.*)\.", _l("Pilih salah satu: %(ids)s.")),
        (
            r"'\w+: (?P<value>.*)' tidak dikenal; pilih salah satu: (?P<ids>.*)\.",
            _l("\u201c%(value)s\u201d tidak dikenal; tulis salah satu: %(ids)s."),
        ),
        (
            r"'\w+: (?P<value>.*)' tidak sesuai pola .*",
            _l("\u201c%(value)s\u201d tidak dapat dipakai di sini; periksa tulisannya."),
        ),
        (r"'\w+' harus berupa bilangan.*", _l("Tulis dengan angka, misalnya 600 atau 12,5.")),
        (r"'\w+' harus berupa teks;.*", _l("Tulis sebagai teks.")),
        (
            r"'\w+' terlalu panjang; paling banyak (?P<most>\d+) huruf\.",
            _l("Terlalu panjang; paling banyak %(most)s huruf."),
        ),
        (r"'\w+' paling kecil (?P<least>.*)\.", _l("Paling kecil %(least)s.")),
        (r"'\w+' paling besar (?P<most>.*)\.", _l("Paling besar %(most)s.")),
        (
            r"\w+ '(?P<value>.*)' ditulis dua kali; bedakan\.",
            _l("\u201c%(value)s\u201d ditulis dua kali; bedakan."),
        ),
        (
            r"fakta (?P<fact>\w+) belum boleh menjadi dasar soal .*",
            _l("Fakta %(fact)s belum boleh menjadi dasar soal; pilih fakta lain."),
        ),
        (
            r"pasal ditulis tanpa peraturan; .*",
            _l("Pasal ditulis tanpa peraturan; pilih Peraturan, atau kosongkan pasalnya."),
        ),
        (
            r"peraturan '(?P<law>.*)' tidak didukung fakta soal ini; .*",
            _l("%(law)s tidak didukung fakta soal ini; kosongkan peraturannya, atau pilih fakta lain."),
        ),
        (
            r"'(?P<place>.*)' tidak didukung fakta siap-dengan-pasal; .*",
            _l(
                "Pasal %(place)s tidak tercatat pada fakta soal ini; kosongkan Pasal, Ayat, Huruf, "
                "dan Angka, atau pilih fakta lain."
            ),
        ),
        (
            r"semua fakta perlu dicek keberlakuannya; .*",
            _l("Semua fakta soal ini masih perlu dicek keberlakuannya; tulis itu di sini."),
        ),
        (
            r"tulis pada review_note di naskah mana .*",
            _l("Tulis di sini pada naskah mana pasalnya dibaca, misalnya: dibaca pada UU 1/2015."),
        ),
        (
            r"sel '(?P<cell>.*)' tidak mungkin terjadi pada pairs: (?P<n>\d+);.*",
            _l("%(cell)s: tidak mungkin dengan pasangan calon sebanyak %(n)s; ganti salah satunya."),
        ),
        (r"sel '(?P<cell>.*)' belum diputuskan .*", _l("%(cell)s: belum diputuskan; pilih aturan lain.")),
        (r"sel '.*' tidak ada dalam tabel aturan; .*", _l("Ada aturan yang tidak dikenal; centang lagi.")),
        (r"susunan ini memerlukan \w+\.", _l("Formulir ini memerlukan bagian ini; isi.")),
        (r"susunan ini tidak memakai \w+\.", _l("Formulir ini tidak memakai bagian ini; kosongkan.")),
        (r"errors hanya untuk task: .*", _l("Hanya untuk tugas mencari kesalahan; kosongkan.")),
        (r"blank hanya untuk task: .*", _l("Hanya untuk tugas mengisi; kosongkan.")),
        (
            r"fakta (?P<fact>\w+) boleh disitasi; isi instrument: (?P<law>.*)\.",
            _l("Fakta %(fact)s boleh dikutip; pilih Peraturan %(law)s."),
        ),
    )
]
PLACE_UNSUPPORTED = re.compile(r"'.*' tidak didukung fakta siap-dengan-pasal")


def told(faults: Iterable[Told]) -> list[Told]:
    """Return faults with the part of the page they are about and in its words, each once."""
    return list(dict.fromkeys((about(path, message), in_words(path, message)) for path, message in faults))


def about(path: KeyPath, message: str) -> KeyPath:
    """Return what a fault is about, more closely where its path names the citation as a whole."""
    if path == ("citation",):
        return ("citation", "article" if PLACE_UNSUPPORTED.match(message) else "instrument")
    return path[:-1] if path and path[-1] in ("int", "float") else path


def in_words(path: KeyPath, message: str) -> str:
    """Say a fault of an item without names of keys; what has no words of its own keeps its sentence."""
    if path[:1] == ("parts",) and re.fullmatch(UNMARKED, message):
        return str(MARK_LINE)
    for pattern, words in SAYINGS:
        if found := pattern.fullmatch(message):
            return str(words) % _said(found.groupdict())
    return re.sub(r"'(\w+)'", lambda name: f"\u201c{NAMES.get(name[1], name[1])}\u201d", message)


def _said(groups: Mapping[str, str]) -> Mapping[str, str]:
    said = dict(groups)
    if "ids" in said:
        said["ids"] = ", ".join(re.split(r",\s*| or ", said["ids"].replace("'", "")))
    for name in {"key", "keys"} & said.keys():
        said[name] = said[name].upper()
    if "cell" in said:
        cell = load_registers().ballot_rules.cell(said["cell"])
        said["cell"] = cell.title if cell else said["cell"]
    return said


def place_of(path: KeyPath) -> str:
    """Name a part of an item, with its number in a list: "Pilihan 3"."""
    if path[:1] == ("citation",) and len(path) > 1:
        path = path[1:]
    name = str(NAMES.get(str(path[0]), path[0])) if path else ""
    return f"{name} {path[1] + 1}" if len(path) > 1 and isinstance(path[1], int) else name
