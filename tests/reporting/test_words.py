"""Points are called answers only where they are whole."""

from types import SimpleNamespace

import pytest
from flask import get_template_attribute


@pytest.mark.parametrize(
    ("points", "words"), [(3.0, "3 dari 10 benar"), (3.3, "3,3 dari 10 poin"), (0.0, "0 dari 10 benar")]
)
def test_a_part_of_an_item_is_counted_in_points(app, points, words):
    with app.test_request_context():
        right_of = get_template_attribute("components/verdict.html", "right_of")
        assert right_of(SimpleNamespace(points=points, max_points=10)) == words
