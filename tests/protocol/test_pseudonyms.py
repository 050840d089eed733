"""Names out of two words: every pair of both languages can be a name, and looks like no other."""

import pytest

from makersphere_protocol.names import LONGEST, clean, host_word, looks, why_not
from makersphere_protocol.pseudonyms import every_pseudonym, pseudonym

_MOST_SEATS = 500


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pair_is_a_good_name_and_looks_like_no_other(language: str) -> None:
    """All 1,024 pairs are taken at the door as they are, and no two can be mistaken for each other."""
    pairs = list(every_pseudonym(language))
    assert len(set(pairs)) == 1024
    assert [pair for pair in pairs if clean(pair) != pair or why_not(pair) or host_word(pair)] == []
    assert max(map(len, pairs)) < LONGEST
    seen: set[str] = set()
    for pair in pairs:
        assert seen.isdisjoint(looks(pair)), pair
        seen |= looks(pair)


def test_a_person_keeps_a_pair_and_a_full_room_has_one_for_everybody() -> None:
    """The same number gives the same pair; 500 people with one number have 500 names, and neighbours share no word."""
    assert pseudonym("en", 7, lambda _: False) == pseudonym("en", 7, lambda _: False)
    here: list[str] = []
    for _ in range(_MOST_SEATS):
        here.append(pseudonym("zh", 7, here.__contains__))
    assert len(set(here)) == _MOST_SEATS
    assert "" not in here
    one = pseudonym("en", 7, lambda _: False)
    other = pseudonym("en", 7, lambda pair: pair == one)
    assert set(one.split()).isdisjoint(other.split())


def test_where_all_are_taken_there_is_none() -> None:
    """Nobody is given somebody else's."""
    assert pseudonym("fr", 1, lambda _: True) == ""
