"""Numbers of what might have been: the class's page and `makersphere why` say what the wall and the console say."""

from __future__ import annotations

import pytest

from makersphere_server.afterwards.differences import difference_said

# As in clients/web/tests/parts/results/why.test.tsx.
READ = (
    (195, "2", "+2"),
    (185, "1.9", "+1.9"),
    (-195, "\N{MINUS SIGN}2", "\N{MINUS SIGN}2"),
    (-185, "\N{MINUS SIGN}1.9", "\N{MINUS SIGN}1.9"),
    (115, "1.2", "+1.2"),
    (4, "0", "0"),
    (-4, "0", "0"),
    (995, "10", "+10"),
    (1250, "13", "+13"),
    (-1250, "\N{MINUS SIGN}13", "\N{MINUS SIGN}13"),
    (123_449, "1,234", "+1,234"),
)


@pytest.mark.parametrize(("hundredths", "size", "change"), READ)
def test_a_half_goes_away_from_nought(hundredths: int, size: str, change: str) -> None:
    """Ten and more are whole; nothing has no sign."""
    _, numbers = difference_said({"was": hundredths, "might": 0, "mean": hundredths, "lo": 0, "hi": 1})
    assert (numbers["was"], numbers["mean"]) == (size, change)


def test_an_interval_whose_ends_read_alike_is_one_number() -> None:
    """By the same rounding as each number."""
    key, _ = difference_said({"was": 0, "might": 1200, "mean": 1210, "lo": 1155, "hi": 1244})
    assert key.endswith(".alike")
