"""Names: what is shown for what somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_protocol.names import LONGEST, clean, same_as


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ann", "Ann"),
        ("  Ann \t Lee ", "Ann Lee"),
        ("李雷", "李雷"),
        ("Zoe\u0308", "Zoë"),
        ("", ""),
        (" \u3000 ", ""),
        ("\u200b", ""),
        ("a\u202eb", ""),
        ("a\nb", "a b"),
        ("x" * 40, "x" * 40),
        ("x" * 41, ""),
    ],
)
def test_names_are_cleaned(typed: str, shown: str) -> None:
    """Blanks are single, nothing is hidden or turned around, and there is an end."""
    assert clean(typed) == shown


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    """A name as it is shown is a name."""
    shown = clean(typed)
    assert clean(shown) == shown
    assert len(shown) <= LONGEST


def test_look_alikes_are_the_same() -> None:
    """Case, blanks and width make no difference."""
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "AnnLee")  # as a Chinese keyboard writes Latin letters
    assert same_as("Ann Lee") == same_as("ANN LEE") == same_as("annlee") == same_as(wide)
    assert same_as("Ann") != same_as("Anna")
