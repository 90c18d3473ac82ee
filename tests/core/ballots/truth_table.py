"""What a person who knows the rules says about 86 ballots, written by hand before the program was asked.

Columns, x from left to right: one or two pairs 12-153 and 167-308; three pairs 12-101, 115-204, 218-307;
four pairs 12-75, 89-152, 166-229, 243-306. Without gaps, two pairs meet at 160, four at 86, 160, 234.
All columns y 36-176, in them number 41-65, photo 70-124, names 129-163. Folds upright at 160, level at 106.
"""

from __future__ import annotations

from kapuas_quiz.core.ballots.model import Ballot, Fold, Mark, Tear, Writing

NAMES = (("Bumi", "Senja"), ("Tirta", "Pelita"), ("Intan", "Bayu"), ("Rimba", "Citra"))
NO = "tidak-sah"
UPRIGHT, LEVEL = Fold(axis="tegak", at=160), Fold(axis="mendatar", at=106)


def paku(x: int, y: int) -> Mark:
    return Mark(x=x, y=y)


def rokok(x: int, y: int) -> Mark:
    return Mark(x=x, y=y, tool="rokok")


def pulpen(x: int, y: int) -> Mark:
    return Mark(x=x, y=y, tool="pulpen")


def paper(pairs: int, *marks: Mark, **seen: object) -> Ballot:
    return Ballot.model_validate({"pairs": pairs, "names": NAMES[:pairs], "marks": marks, **seen})


ROWS: list[tuple[str, Ballot, str | None, str]] = [
    # One hole where it belongs.
    ("2: number of 1", paper(2, paku(82, 53)), "p1", "pada-nomor-urut"),
    ("2: number of 2", paper(2, paku(237, 53)), "p2", "pada-nomor-urut"),
    ("3: number of 3", paper(3, paku(262, 50)), "p3", "pada-nomor-urut"),
    ("4: number of 4", paper(4, paku(274, 55)), "p4", "pada-nomor-urut"),
    ("4: number of 2", paper(4, paku(120, 46)), "p2", "pada-nomor-urut"),
    ("1: photo", paper(1, paku(60, 95)), "p1", "pada-foto"),
    ("2: photo of 1", paper(2, paku(30, 110)), "p1", "pada-foto"),
    ("3: photo of 2", paper(3, paku(159, 90)), "p2", "pada-foto"),
    ("4: photo of 3", paper(4, paku(190, 100)), "p3", "pada-foto"),
    ("4: photo of 1 at its edge", paper(4, paku(20, 118)), "p1", "pada-foto"),
    ("1: names", paper(1, paku(82, 140)), "p1", "pada-nama"),
    ("2: names of 2", paper(2, paku(240, 155)), "p2", "pada-nama"),
    ("3: names of 1", paper(3, paku(56, 138)), "p1", "pada-nama"),
    ("4: names of 4", paper(4, paku(274, 150)), "p4", "pada-nama"),
    ("2: photo, no gap between the columns", paper(2, paku(60, 95), apart=False), "p1", "pada-foto"),
    ("2: photo, a fold runs elsewhere", paper(2, paku(60, 95), fold=UPRIGHT), "p1", "pada-foto"),
    ("3: photo of 2 on the fold itself", paper(3, paku(160, 90), fold=UPRIGHT), "p2", "pada-foto"),
    # The bare paper of a column.
    ("1: bare paper of the pair", paper(1, paku(30, 50)), "p1", "ruang-kolom-calon-tunggal"),
    ("2: beside the number", paper(2, paku(30, 50)), "p1", "ruang-kolom-pasangan"),
    ("3: under the names", paper(3, paku(262, 168)), "p3", "ruang-kolom-pasangan"),
    ("4: beside the number", paper(4, paku(97, 55)), "p2", "ruang-kolom-pasangan"),
    # The empty column.
    ("1: empty column, middle", paper(1, paku(237, 106)), "kosong", "di-kolom-kosong"),
    ("1: empty column, near its top", paper(1, paku(200, 45)), "kosong", "di-kolom-kosong"),
    ("1: empty column, right line", paper(1, paku(308, 100)), "kosong", "garis-kolom-kosong"),
    ("1: empty column, left line", paper(1, paku(167, 60)), "kosong", "garis-kolom-kosong"),
    ("1: empty column, lower line", paper(1, paku(240, 176)), "kosong", "garis-kolom-kosong"),
    ("1: empty column twice", paper(1, paku(200, 60), paku(260, 150)), "kosong", "berulang-di-kolom-kosong"),
    ("1: pair and empty column", paper(1, paku(82, 95), paku(237, 95)), NO, "pasangan-dan-kolom-kosong"),
    ("1: line of both sides", paper(1, paku(153, 80), paku(167, 120)), NO, "pasangan-dan-kolom-kosong"),
    # Lines.
    ("1: line of the pair", paper(1, paku(12, 100)), "p1", "garis-kolom-calon-tunggal"),
    ("1: upper line of the pair", paper(1, paku(80, 36)), "p1", "garis-kolom-calon-tunggal"),
    ("2: right line of 1", paper(2, paku(153, 100)), "p1", "garis-kolom-pasangan"),
    ("2: left line of 2", paper(2, paku(167, 100)), "p2", "garis-kolom-pasangan"),
    ("3: lower line of 2", paper(3, paku(159, 176)), "p2", "garis-kolom-pasangan"),
    ("4: upper line of 4", paper(4, paku(280, 36)), "p4", "garis-kolom-pasangan"),
    ("2: just outside, but touching", paper(2, paku(155, 100)), "p1", "garis-kolom-pasangan"),
    ("2: just inside, but touching", paper(2, paku(150, 140)), "p1", "garis-kolom-pasangan"),
    ("2: on the corner", paper(2, paku(12, 36)), "p1", "garis-kolom-pasangan"),
    ("2: outer line without gaps", paper(2, paku(12, 100), apart=False), "p1", "garis-kolom-pasangan"),
    ("2: line of both", paper(2, paku(160, 100), apart=False), None, "garis-milik-dua-kolom"),
    ("4: line of 3 and 4", paper(4, paku(234, 60), apart=False), None, "garis-milik-dua-kolom"),
    ("1: line of pair and empty", paper(1, paku(160, 60), apart=False), None, "garis-milik-dua-kolom"),
    (
        "4: line of 1 and 2, and number of 4",
        paper(4, paku(86, 60), paku(271, 53), apart=False),
        None,
        "garis-milik-dua-kolom",
    ),
    # Outside.
    ("1: under the columns", paper(1, paku(100, 190)), NO, "di-luar-semua-kolom"),
    ("2: in the gap", paper(2, paku(160, 100)), NO, "di-luar-semua-kolom"),
    ("3: above the columns", paper(3, paku(200, 26)), NO, "di-luar-semua-kolom"),
    ("4: in the gap of 3 and 4", paper(4, paku(236, 120)), NO, "di-luar-semua-kolom"),
    ("4: twice outside", paper(4, paku(100, 190), paku(250, 20)), NO, "di-luar-semua-kolom"),
    ("2: just past touching", paper(2, paku(8, 100)), NO, "di-luar-semua-kolom"),
    (
        "2: mirrored, both outside",
        paper(2, paku(100, 24), paku(100, 188), fold=LEVEL),
        NO,
        "di-luar-semua-kolom",
    ),
    (
        "3: photo, and under the columns",
        paper(3, paku(56, 90), paku(60, 190)),
        None,
        "di-dalam-dan-di-luar-kolom",
    ),
    ("1: empty column, and above", paper(1, paku(237, 90), paku(60, 22)), None, "di-dalam-dan-di-luar-kolom"),
    # Nothing, or more than one.
    ("1: nothing", paper(1), NO, "tidak-dicoblos"),
    ("4: nothing, folded", paper(4, fold=LEVEL), NO, "tidak-dicoblos"),
    ("2: both photos", paper(2, paku(60, 95), paku(240, 95)), NO, "lebih-dari-satu-pasangan"),
    ("3: number of 1, names of 3", paper(3, paku(56, 53), paku(262, 140)), NO, "lebih-dari-satu-pasangan"),
    (
        "4: three numbers",
        paper(4, paku(43, 53), paku(120, 53), paku(197, 53)),
        NO,
        "lebih-dari-satu-pasangan",
    ),
    (
        "4: two photos and outside",
        paper(4, paku(43, 90), paku(120, 90), paku(9, 195)),
        NO,
        "lebih-dari-satu-pasangan",
    ),
    ("2: line of 1 and photo of 2", paper(2, paku(12, 95), paku(240, 95)), NO, "lebih-dari-satu-pasangan"),
    ("2: photo of 1 twice", paper(2, paku(40, 90), paku(110, 110)), "p1", "berulang-di-satu-kolom"),
    ("4: number and names of 3", paper(4, paku(197, 53), paku(197, 150)), "p3", "berulang-di-satu-kolom"),
    ("3: photo and line of 2", paper(3, paku(159, 90), paku(115, 150)), "p2", "berulang-di-satu-kolom"),
    ("1: photo and names", paper(1, paku(60, 90), paku(82, 140)), "p1", "berulang-di-satu-kolom"),
    # Through the fold.
    ("3: mirrored inside 2", paper(3, paku(140, 80), paku(140, 132), fold=LEVEL), "p2", "tembus-simetris"),
    (
        "3: nearly mirrored inside 2",
        paper(3, paku(140, 80), paku(142, 130), fold=LEVEL),
        "p2",
        "tembus-simetris",
    ),
    (
        "3: upright fold inside 2",
        paper(3, paku(130, 80), paku(190, 80), fold=UPRIGHT),
        "p2",
        "tembus-simetris",
    ),
    (
        "1: mirrored inside the pair",
        paper(1, paku(60, 80), paku(60, 132), fold=LEVEL),
        "p1",
        "tembus-simetris",
    ),
    (
        "2: mirrored onto 2",
        paper(2, paku(60, 95), paku(260, 95), fold=UPRIGHT),
        NO,
        "tembus-simetris-kolom-lain",
    ),
    (
        "1: mirrored onto the empty column",
        paper(1, paku(60, 95), paku(260, 95), fold=UPRIGHT),
        NO,
        "tembus-simetris-kolom-lain",
    ),
    (
        "2: two pairs, not mirrored",
        paper(2, paku(60, 95), paku(240, 120), fold=UPRIGHT),
        NO,
        "lebih-dari-satu-pasangan",
    ),
    (
        "1: mirrored inside the empty column",
        paper(1, paku(230, 80), paku(230, 132), fold=LEVEL),
        None,
        "tembus-simetris-kolom-kosong",
    ),
    (
        "4: photo, and outside off the mirror",
        paper(4, paku(43, 90), paku(80, 188), fold=LEVEL),
        NO,
        "tembus-tidak-simetris",
    ),
    (
        "3: two in 1, off the mirror",
        paper(3, paku(40, 80), paku(70, 150), fold=LEVEL),
        None,
        "tembus-tidak-simetris-satu-kolom",
    ),
    # Other tools, writing, tears, signature.
    ("2: a burn", paper(2, rokok(60, 95)), NO, "bukan-alat-coblos"),
    ("4: a pen on the number", paper(4, pulpen(274, 53)), NO, "bukan-alat-coblos"),
    ("1: a pen in the empty column", paper(1, pulpen(237, 100)), NO, "bukan-alat-coblos"),
    ("2: a nail and a pen", paper(2, paku(60, 95), pulpen(82, 145)), None, "alat-coblos-dan-alat-lain"),
    (
        "3: words under a good hole",
        paper(3, paku(56, 53), writing=Writing(x=40, y=192, text="Setuju")),
        NO,
        "ada-tulisan",
    ),
    ("3: a scribble", paper(3, paku(56, 53), writing=Writing(x=40, y=192)), NO, "ada-tulisan"),
    ("2: photo torn", paper(2, paku(82, 53), tear=Tear(x=240, y=95)), NO, "robek-pada-gambar"),
    ("2: edge torn", paper(2, paku(82, 53), tear=Tear(x=100, y=200)), None, "robek-di-tempat-lain"),
    ("1: empty column torn", paper(1, paku(82, 95), tear=Tear(x=240, y=95)), None, "robek-di-tempat-lain"),
    ("4: not signed, good hole", paper(4, paku(120, 53), signed=False), NO, "tanpa-tanda-tangan"),
    ("1: not signed, empty column", paper(1, paku(237, 100), signed=False), NO, "tanpa-tanda-tangan"),
    ("2: not signed, nothing", paper(2, signed=False), NO, "tanpa-tanda-tangan"),
    (
        "3: not signed, torn and written on",
        paper(3, paku(56, 53), signed=False, tear=Tear(x=60, y=95), writing=Writing(x=9, y=9)),
        NO,
        "tanpa-tanda-tangan",
    ),
]
