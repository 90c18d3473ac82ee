"""Write an item without knowing YAML: choose a type, fill in, look at it as on a phone, save."""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kapuas_quiz.banks import authoring, writing
from kapuas_quiz.banks.acceptance import NotAcceptedError
from kapuas_quiz.banks.author_pages import AUTHORS, REFUSED, Page, author_page
from kapuas_quiz.banks.blocks import NotByLinesError
from kapuas_quiz.banks.editor_web_forms import ItemForm
from kapuas_quiz.banks.fault_words import place_of, told
from kapuas_quiz.banks.linting import remarks_on
from kapuas_quiz.banks.previewing import Preview, preview
from kapuas_quiz.banks.special_web_forms import TYPE_FORMS, TYPE_WORDS, choose
from kapuas_quiz.banks.writing import ItemChangedMeanwhileError, Place, Written
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session, settings

bp = Blueprint("editor", __name__, url_prefix="/bank-soal")
MOST_REMARKS = 4


@bp.get("/<area>/soal-baru")
@allow(*AUTHORS)
@author_page
def choose_type(area: str) -> Page:
    """Offer the types of items.

    :raise 404: if no bank covers the area
    """
    found = authoring.area_of(session(), area)
    return render_template("banks/choose_type.html", area=found, kinds=TYPE_WORDS)


@bp.route("/<area>/soal-baru/<kind>", methods=["GET", "POST"])
@allow(*AUTHORS)
@author_page
def new(area: str, kind: str) -> Page:
    """Write a new item.

    :raise 404: if there is no such area or type
    """
    form = _form(kind, area, authoring.blank(area))
    return _answer(form, area, kind, {}, _add)


@bp.route("/soal/<item_id>/ubah", methods=["GET", "POST"])
@allow(*AUTHORS)
@author_page
def edit(item_id: str) -> Page:
    """Change an item; one that a form holds opens by a button first.

    :raise 403: if it is no draft any more and the person neither operator nor reviewer
    :raise 404: if there is no such item
    """
    try:
        item = _opened(item_id)
    except authoring.ShutError:
        return render_template("banks/edit_shut.html", item_id=item_id)
    except (NotByLinesError, writing.ItemNotInFile) as error:
        flash(str(REFUSED[type(error)]))
        return redirect(url_for("banks.area", area=authoring.area_of_item(session(), item_id)))
    return _edited(item)


@bp.post("/soal/<item_id>/ubah/buka")
@allow(Role.OPERATOR, Role.REVIEWER)
@author_page
def open_item(item_id: str) -> Page:
    """Open an item that a form holds, on record, to change it.

    :raise 404: if there is no such item
    """
    item = authoring.open_for_change(
        session(), folder=settings().banks, item_id=item_id, actor=actor(), now=now()
    )
    kind = str(item.data["type"])
    form = _form(kind, item.area, item.data, item.digest, sent=False)
    return _page(form, item.area, kind, item.data, action=url_for("editor.edit", item_id=item_id))


@bp.post("/<area>/pratinjau/<kind>")
@allow(*AUTHORS)
@author_page
def show(area: str, kind: str) -> Page:
    """Return the preview alone, for the script of the page; `soal` names an item that is being changed.

    :raise 403: if it is no draft any more and the person neither operator nor reviewer
    :raise 404: if there is no such area, type or item
    """
    authoring.area_of(session(), area)
    form = _form(kind, area, {})
    old = _as_written(request.args.get("soal", ""))
    return render_template("banks/preview.html", **_preview(form, area, form.data_for(kind, old)))


def _as_written(item_id: str) -> Mapping[str, Any]:
    if not item_id:
        return {}
    try:
        return _opened(item_id).data
    except (NotByLinesError, writing.ItemNotInFile):
        return {}


@bp.post("/soal/<item_id>/keluarkan")
@allow(*AUTHORS)
@author_page
def take_out(item_id: str) -> Page:
    """Take an item out of its file.

    :raise 403: if it is no draft any more and the person neither operator nor reviewer
    :raise 404: if there is no such item
    """
    item = _opened(item_id)
    digest = request.form.get("opened", "")
    try:
        writing.take_out_item(session(), _place(), area=item.area, item_id=item_id, digest=digest)
    except (ItemChangedMeanwhileError, NotAcceptedError):
        flash(_("Soal ini berubah sejak halaman dibuka. Belum ada yang dikeluarkan; periksa dahulu isinya."))
        return redirect(url_for("editor.edit", item_id=item_id))
    except tuple(REFUSED) as error:
        flash(str(REFUSED[type(error)]))
        return redirect(url_for("editor.edit", item_id=item_id))
    flash(_("Soal %(id)s dikeluarkan dari bank. Paket yang sudah memuatnya tidak berubah.", id=item_id))
    return redirect(url_for("banks.area", area=item.area))


def _opened(item_id: str) -> Written:
    return authoring.opened_item(session(), settings().banks, item_id, actor(), now())


def _edited(item: Written) -> Page:
    kind = str(item.data["type"])
    form = _form(kind, item.area, item.data, item.digest)
    return _answer(form, item.area, kind, item.data, _change)


def _form(kind: str, area: str, data: Mapping[str, Any], digest: str = "", *, sent: bool = True) -> ItemForm:
    if kind not in TYPE_FORMS:
        abort(404)
    made = TYPE_FORMS[kind]
    others = ", ".join(authoring.facts_of_others(area, data.get("facts") or ()))
    values = {**made.values_of(data), "opened": digest, "more_facts": others}
    form = made(data=values) if sent else made(formdata=None, data=values)
    return choose(form, instruments=authoring.instruments(), layouts=authoring.layouts())


Save = Callable[[ItemForm, str, dict[str, Any]], str]


def _answer(form: ItemForm, area: str, kind: str, old: Mapping[str, Any], save: Save) -> Page:
    """Do what the pressed button says; everything but saving shows the page again."""
    authoring.area_of(session(), area)
    if request.form.get("tambah"):
        form.add_row(request.form["tambah"])
    data = form.data_for(kind, old)
    if request.form.get("aksi") != "simpan":
        return _page(form, area, kind, data)
    try:
        item_id = save(form, area, data)
    except NotAcceptedError as error:
        form.place(next(iter(error.of_items.values()), ()))
        form.elsewhere += [
            f"{fault.file}, {_('baris')} {fault.line}: {fault.message}" for fault in error.elsewhere
        ]
    except ItemChangedMeanwhileError as error:
        form.opened.data = error.current.digest
        return _page(form, area, kind, data, meanwhile=error.current.text)
    except tuple(REFUSED) as error:
        form.elsewhere.append(str(REFUSED[type(error)]))
    else:
        flash(_("Soal %(id)s tersimpan.", id=item_id))
        _flash_remarks(area, item_id)
        mine = authoring.may_change(actor(), str(data["review"]))
        return redirect(url_for("editor.edit", item_id=item_id) if mine else url_for("banks.area", area=area))
    return _page(form, area, kind, data)


def _flash_remarks(area: str, item_id: str) -> None:
    """Say what a reviewer of item writing would ask to mend; it is saved all the same."""
    for path, words in told(remarks_on(settings().banks / f"{area}.yaml", item_id))[:MOST_REMARKS]:
        flash(_("Sebaiknya diperbaiki. %(bagian)s: %(kata)s", bagian=place_of(path), kata=words))


def _add(form: ItemForm, area: str, data: dict[str, Any]) -> str:
    return writing.add_items(session(), _place(), area=area, items=[data])[0]


def _change(form: ItemForm, area: str, data: dict[str, Any]) -> str:
    digest = form.opened.data or ""
    return writing.change_item(session(), _place(), area=area, data=data, digest=digest).id


def _place() -> Place:
    return Place(settings().banks, actor(), now())


def _page(form: ItemForm, area: str, kind: str, data: Mapping[str, Any], **more: Any) -> str:
    found = authoring.area_of(session(), area)
    chosen = list(form.facts.data or ())
    others = authoring.facts_of_others(area, data.get("facts") or ())
    return render_template(
        "banks/edit.html",
        form=form,
        area=found,
        kind=kind,
        kind_words=TYPE_WORDS[kind],
        item_id=data.get("id", ""),
        chosen_facts=chosen,
        other_facts=authoring.facts_named(others),
        cells=authoring.ballot_cells(),
        **{"action": request.path, "meanwhile": "", **more, **_preview(form, area, data)},
    )


def _preview(form: ItemForm, area: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Draw another example each time one is asked for; the same one while somebody types."""
    seed = request.form.get("benih", "1")
    number = int(seed) if seed.isdecimal() and len(seed) < 10 else 1
    if request.form.get("aksi") == "contoh-lain":
        number = random.randbelow(10**6)
    seen: Preview = preview(settings().banks, area, data, number)
    missing = [(place_of(path), words) for path, words in told(seen.missing)]
    return {"seen": seen, "seed": number, "missing": missing}
