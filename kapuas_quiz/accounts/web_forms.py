"""What staff type about themselves and each other."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    EmailField,
    Field,
    PasswordField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, EqualTo, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from kapuas_quiz.accounts.invitations import Newcomer
from kapuas_quiz.core.passwords import too_easy
from kapuas_quiz.core.roles import Role

ROLE_WORDS = {
    Role.OPERATOR: _l("Operator (mengatur kegiatan dan petugas)"),
    Role.TRAINER: _l("Fasilitator (membuka tes, membaca hasil)"),
    Role.REVIEWER: _l("Penelaah soal (memeriksa dasar hukum)"),
    Role.CERTIFIER: _l("Penetap (KPU, menetapkan kelulusan)"),
    Role.OBSERVER: _l("Pengamat (Bawaslu, hanya melihat)"),
}

NEEDED = DataRequired(_l("Bagian ini perlu diisi."))
NAME_LENGTH = Length(max=120, message=_l("Paling panjang 120 huruf."))
EMAIL_LENGTH = Length(max=254, message=_l("Paling panjang 254 huruf."))
PASSWORD_LENGTH = Length(10, 200, _l("Kata sandi paling sedikit 10 huruf atau angka."))
EMAIL = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Tulis alamat surel lengkap, misalnya nama@contoh.id.")
)


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(_l("Surel"), [NEEDED, EMAIL_LENGTH], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Kata sandi"),
        [NEEDED, Length(max=200, message=_l("Paling panjang 200 huruf."))],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(FlaskForm):
    """A new password, twice."""

    password = PasswordField(
        _l("Kata sandi baru"), [NEEDED, PASSWORD_LENGTH], render_kw={"autocomplete": "new-password"}
    )
    again = PasswordField(
        _l("Tulis sekali lagi"),
        [NEEDED, EqualTo("password", _l("Kedua kata sandi belum sama."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: Field) -> None:
        """Refuse what is guessed first."""
        if too_easy(field.data or ""):
            raise ValidationError(_l("Kata sandi ini mudah ditebak. Pakai tiga atau empat kata acak."))

    def newcomer(self) -> Newcomer:
        """Return what an invited person chose."""
        return Newcomer(password=self.password.data or "")


class ChangePasswordForm(NewPasswordForm):
    """The old password, then a new one."""

    old = PasswordField(
        _l("Kata sandi sekarang"), [NEEDED, Length(max=200)], render_kw={"autocomplete": "current-password"}
    )


class FirstOperatorForm(NewPasswordForm):
    """Who sets this installation up."""

    name = StringField(_l("Nama"), [NEEDED, NAME_LENGTH], render_kw={"autocomplete": "name"})
    email = EmailField(_l("Surel"), [NEEDED, EMAIL, EMAIL_LENGTH], render_kw={"autocomplete": "username"})

    def newcomer(self) -> Newcomer:
        """Return who the first operator is, and the password chosen."""
        return Newcomer(self.password.data or "", self.name.data or "", self.email.data or "")


class RolesForm(FlaskForm):
    """What somebody may do."""

    roles = SelectMultipleField(
        _l("Peran"),
        choices=[SelectChoice(role.value, words) for role, words in ROLE_WORDS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def validate_roles(self, field: Field) -> None:
        """Refuse somebody without any role."""
        if not field.data:
            raise ValidationError(_l("Pilih paling sedikit satu peran."))

    def chosen(self) -> list[Role]:
        """Return the roles that were ticked."""
        return [Role(value) for value in self.roles.data or []]


class InviteForm(RolesForm):
    """A new member of staff."""

    name = StringField(_l("Nama"), [NEEDED, NAME_LENGTH])
    email = EmailField(_l("Surel"), [NEEDED, EMAIL, EMAIL_LENGTH])
