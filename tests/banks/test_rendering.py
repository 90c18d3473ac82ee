"""Markdown of authors becomes harmless HTML."""

import pytest

from kapuas_quiz.banks.rendering import to_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Yang **BUKAN** tugas", "<p>Yang <strong>BUKAN</strong> tugas</p>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<b onclick=x>a</b>", "&lt;b onclick=x&gt;a&lt;/b&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("![a](http://x/y.png)", "![a](http://x/y.png)"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<table>"),
    ],
)
def test_structure_stays_and_everything_active_becomes_text(markdown, html):
    assert html in to_html(markdown)
    assert "<a" not in to_html(markdown) and "<img" not in to_html(markdown)
