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
    _, numbers = difference_said({"was": 0, "might": hundredths, "mean": hundredths, "lo": 0, "hi": 1})
    assert (numbers["might"], numbers["mean"]) == (size, change)


def test_an_interval_whose_ends_read_alike_is_one_number() -> None:
    """By the same rounding as each number."""
    key, _ = difference_said({"was": 0, "might": 1210, "mean": 1210, "lo": 1155, "hi": 1244})
    assert key.endswith(".alike")


# As in clients/web/tests/parts/results/why.test.tsx: as it was, as it might have been, and what is read.
AGREE = (
    ((1234, 1187, -47, -53, -41), ("12.34", "11.87", "\N{MINUS SIGN}0.47", "\N{MINUS SIGN}0.53", "\N{MINUS SIGN}0.41")),
    ((1230, 1190, -40, -120, 40), ("12.3", "11.9", "\N{MINUS SIGN}0.4", "\N{MINUS SIGN}1.2", "+0.4")),
    ((250, 260, 10, -8_260, 4_980), ("2.5", "2.6", "+0.1", "\N{MINUS SIGN}83", "+50")),
    ((340, 1520, 1180, 310, 2050), ("3", "15", "+12", "+3", "+21")),
    (
        (101_230, 98_460, -2770, -4000, -1500),
        ("1,012.3", "984.6", "\N{MINUS SIGN}27.7", "\N{MINUS SIGN}40", "\N{MINUS SIGN}15"),
    ),
    ((104, 96, -8, -9, -7), ("1.04", "0.96", "\N{MINUS SIGN}0.08", "\N{MINUS SIGN}0.09", "\N{MINUS SIGN}0.07")),
    ((100, 2100, 2000, 30, 3970), ("1", "21", "+20", "+0.3", "+39.7")),
)


@pytest.mark.parametrize(("told", "read"), AGREE)
def test_the_difference_is_what_lies_between_both_sides_as_they_are_read(
    told: tuple[int, ...], read: tuple[str, ...]
) -> None:
    """Where rounding would part them, all numbers of the sentence have one more decimal."""
    names = ("was", "might", "mean", "lo", "hi")
    _, numbers = difference_said(dict(zip(names, told, strict=True)))
    assert tuple(numbers[name] for name in names) == read


def test_in_every_sentence_they_agree() -> None:
    """Whatever was played: over all that two sides can be, a few hundredths and a few tens apart."""
    for was in range(0, 2_500, 37):
        for might in range(0, 2_500, 41):
            mean = might - was
            _, numbers = difference_said({"was": was, "might": might, "mean": mean, "lo": mean - 9, "hi": mean + 9})
            said = {name: float(str(value).replace("\N{MINUS SIGN}", "-")) for name, value in numbers.items()}
            assert round(said["might"] - said["was"], 2) == said["mean"]
            assert said["lo"] <= said["mean"] <= said["hi"]
