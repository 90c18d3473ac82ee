"""A way back that leads outside is no way back."""

import pytest

from kapuas_quiz.web.targets import inside


@pytest.mark.parametrize(
    "target", ["/", "/petugas", "/jejak?halaman=2&pelaku=a", "/a/../b", "/?a=//contoh.org"]
)
def test_what_stays_here_is_kept(target: str) -> None:
    assert inside(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *(None, "", "petugas", " /petugas", "/\n", "/\t/contoh.org", "//["),
        *("//contoh.org", "///contoh.org", "/\\contoh.org", "\\\\contoh.org"),
        *("https://contoh.org", "javascript:alert(1)"),
    ],
)
def test_what_leads_elsewhere_becomes_the_front_page(target: str | None) -> None:
    assert inside(target) == "/"
