"""What staff fill in about trainings and the people in them."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (  # type: ignore[attr-defined]  # the stubs lag
    BooleanField,
    DateField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from kapuas_quiz.core.names import clean, name_fault
from kapuas_quiz.core.participants import (
    ANGGOTA,
    LONGEST_DECREE,
    LONGEST_NOTE,
    LONGEST_POSITION,
    MEWAKILI,
    PAW,
    POSITIONS,
    SEKRETARIAT,
    Participant,
)
from kapuas_quiz.core.places import Gazetteer, Place
from kapuas_quiz.core.residence import PPK, PPS
from kapuas_quiz.trainings.planning import TrainingValues
from kapuas_quiz.trainings.service import ElectionView

NEEDED = DataRequired(_l("Bagian ini perlu diisi."))
KIND_WORDS = {
    ANGGOTA: _l("Anggota PPK atau PPS"),
    PAW: _l("Pengganti antarwaktu (PAW), dapat disertifikasi; nomor SK wajib"),
    MEWAKILI: _l("Mewakili orang lain, tidak disertifikasi"),
    SEKRETARIAT: _l("Sekretariat, tidak disertifikasi"),
}
NAME_FAULTS = {
    "nama-kosong": _l("Tulis nama peserta."),
    "nama-tanpa-huruf": _l("Tulis nama peserta dengan huruf."),
    "nama-panjang": _l("Nama paling panjang 120 huruf."),
    "nama-berangka": _l("Nama memuat angka. NIK dan nomor telepon tidak diperlukan: hapus angkanya."),
    "nama-tanda-lain": _l("Nama memuat tanda yang bukan huruf. Hapus tanda itu."),
}
CARD_REASONS = {
    "hilang": _l("Kartu hilang"),
    "rusak": _l("Kartu rusak"),
    "tertukar": _l("Kartu tertukar atau dipakai orang lain"),
    "data": _l("Data pada kartu berubah"),
}


def _stripped(text: str | None) -> str:
    return clean(text or "")


class TrainingForm(FlaskForm):
    """A training and the election that it prepares for."""

    election = SelectField(_l("Pemilihan"), validators=[Optional()])
    election_name = StringField(
        _l("Nama pemilihan baru"), [Length(max=160, message=_l("Paling panjang 160 huruf."))], [_stripped]
    )
    voting_day = DateField(_l("Hari pemungutan suara"), [Optional()])
    name = StringField(_l("Nama kegiatan"), [NEEDED, Length(max=160)], [_stripped])
    wave = StringField(_l("Gelombang"), [Length(max=20, message=_l("Paling panjang 20 huruf."))], [_stripped])
    place = StringField(_l("Tempat"), [NEEDED, Length(max=160)], [_stripped])
    starts_on = DateField(_l("Hari pertama"), [InputRequired(_l("Pilih tanggal hari pertama."))])
    ends_on = DateField(_l("Hari terakhir"), [InputRequired(_l("Pilih tanggal hari terakhir."))])
    address = StringField(_l("Alamat yang dicetak pada kartu"), [NEEDED, Length(max=120)], [_stripped])

    def offer(self, elections: Sequence[ElectionView]) -> None:
        """List the elections to choose from."""
        new = SelectChoice("", _l("Pemilihan baru, ditulis di bawah"))
        self.election.choices = [*(SelectChoice(str(one.id), one.name) for one in elections), new]

    def validate_election_name(self, field: StringField) -> None:
        if not self.election.data and not field.data:
            raise ValidationError(_l("Pilih pemilihan di atas, atau tulis nama pemilihan baru."))

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("Hari terakhir tidak boleh sebelum hari pertama."))

    def validate_address(self, field: StringField) -> None:
        fault = _address_fault(field.data or "")
        if fault:
            raise ValidationError(fault)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that a new election has its voting day, which an empty optional field would skip."""
        valid = super().validate(extra_validators)
        if not self.election.data and self.election_name.data and not self.voting_day.data:
            self.voting_day.errors = [*self.voting_day.errors, _l("Pilih tanggal pemungutan suara.")]
            return False
        return valid

    def values(self) -> TrainingValues:
        """Return what was filled in; only after validation."""
        if self.starts_on.data is None or self.ends_on.data is None:
            raise ValueError("validate first")
        return TrainingValues(
            election_id=uuid.UUID(self.election.data) if self.election.data else None,
            election_name=self.election_name.data or "",
            voting_day=self.voting_day.data,
            name=self.name.data or "",
            wave=self.wave.data or "",
            place=self.place.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            address=(self.address.data or "").rstrip("/"),
        )


def _address_fault(text: str) -> Any:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        complete = parts.scheme in ("http", "https") and host and (parts.port is None or parts.port > 0)
    except ValueError:
        complete, host, parts = False, "", urlsplit("")
    if not complete or parts.path.strip("/") or parts.query or " " in text:
        return _l("Tulis alamat lengkap, misalnya http://192.168.1.10:8000, tanpa tambahan di belakangnya.")
    if host == "localhost" or _is_loopback(host):
        return _l("HP tidak dapat membuka alamat ini. Pakai alamat laptop di jaringan, lihat halaman Mulai.")
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class ParticipantForm(FlaskForm):
    """One person: at the door, or changed later. The place tells PPK from PPS."""

    name = StringField(_l("Nama"), [NEEDED], [_stripped], render_kw={"autocomplete": "off"})
    place = SelectField(_l("Tempat tugas"), [NEEDED])
    position = SelectField(_l("Jabatan"), [NEEDED])
    kind = SelectField(_l("Hadir sebagai"), choices=[SelectChoice(*item) for item in KIND_WORDS.items()])
    decree = StringField(_l("Nomor SK"), [Length(max=LONGEST_DECREE)], [_stripped])
    note = TextAreaField(_l("Catatan"), [Length(max=LONGEST_NOTE)], [_stripped])
    replaces = HiddenField()
    other_person = BooleanField(_l("Ini orang lain dengan nama yang sama atau mirip. Tetap tambahkan."))

    def offer(self, places: Gazetteer, *, first: Iterable[str], position: str = "") -> None:
        """List places, those of the given kecamatan first, and positions, an unusual present one too."""
        near = set(first)
        kecamatan = sorted(places.kecamatan, key=lambda one: (one.code not in near, one.name))
        self.place.choices = [
            SelectChoice("", _l("Pilih tempat tugas")),
            *(choice for one in kecamatan for choice in _committees(one, places.desa_of(one.code))),
        ]
        others = (position,) if position and position not in POSITIONS else ()
        nothing = SelectChoice("", _l("Pilih jabatan"))
        self.position.choices = [nothing, *(SelectChoice(one) for one in (*POSITIONS, *others))]

    def validate_name(self, field: StringField) -> None:
        fault = name_fault(field.data or "")
        if fault:
            raise ValidationError(NAME_FAULTS[fault])

    def validate_position(self, field: SelectField) -> None:
        if len(field.data or "") > LONGEST_POSITION:
            raise ValidationError(_l("Jabatan paling panjang 40 huruf."))

    def validate_decree(self, field: StringField) -> None:
        if self.kind.data == PAW and not field.data:
            raise ValidationError(_l("Tulis nomor SK pengangkatan PAW. Tanpa SK, pilih Mewakili."))

    def participant(self, places: Gazetteer) -> Participant:
        """Return what was filled in; only after validation."""
        place = places.by_code[self.place.data]
        return Participant(
            name=self.name.data or "",
            body=PPK if place.is_kecamatan else PPS,
            position=self.position.data,
            kecamatan=place.kecamatan_code,
            desa="" if place.is_kecamatan else place.code,
            kind=self.kind.data,
            decree=self.decree.data or "",
            note=self.note.data or "",
        )

    def replaced(self) -> uuid.UUID | None:
        """Return whom the newcomer replaces."""
        try:
            return uuid.UUID(self.replaces.data or "")
        except ValueError:
            return None


def _committees(kecamatan: Place, desa: Iterable[Place]) -> list[SelectChoice]:
    """List the PPK of a kecamatan and the PPS of its desa under the kecamatan's name."""
    group = f"Kecamatan {kecamatan.name}"
    ppk = SelectChoice(kecamatan.code, f"PPK {group}", optgroup=group)
    return [ppk, *(SelectChoice(one.code, f"PPS {one.name}", optgroup=group) for one in desa)]


class UploadForm(FlaskForm):
    """A roster file."""

    file = FileField(_l("Berkas daftar peserta"), [FileRequired(_l("Pilih berkas dahulu."))])


class ConfirmForm(FlaskForm):
    """The confirmation of an import; answers to questions are read from the fields `putusan:<question>`."""

    compared_with = HiddenField()
    accept_refused = BooleanField()


class WithdrawForm(FlaskForm):
    """Why somebody leaves a training."""

    reason = StringField(_l("Alasan"), [NEEDED, Length(max=200)], [_stripped])


class CardForm(FlaskForm):
    """Why a badge is replaced."""

    card_reason = SelectField(_l("Alasan"), choices=[SelectChoice(*item) for item in CARD_REASONS.items()])
