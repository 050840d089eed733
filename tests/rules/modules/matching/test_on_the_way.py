"""What the whole room may know of offers while they are made: how many there are, and nothing of any one of them."""

from __future__ import annotations

import pytest

from makersphere_rules.ecosystem.figures.on_the_way import SOME, on_the_way
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, A, B, C, before_matching
from tests.rules.table import Table


def harbour() -> Table:
    """Return the matching phase of the rulebook's "A season in numbers", with negotiation alone."""
    return before_matching(modules=[Negotiation()])


def test_one_or_two_are_some_and_more_are_counted() -> None:
    """A single bidder is not told from two; from three on the number stands there, and a counter adds none."""
    table = harbour()
    assert on_the_way(table.state) == {"open": 0, "signed": 0}
    seen = []
    for venture in (A, B, C):
        table.when(IVY, "send_terms", venture=venture, credits=20, hours=0, shares=100)
        seen.append(on_the_way(table.state)["open"])
    table.when(IVY, "send_terms", venture=C, credits=21, hours=0, shares=100)
    assert [*seen, on_the_way(table.state)["open"]] == [SOME, SOME, 3, 3]
    table.when(BO, "answer_terms", sheet=2, answer="accept")
    assert on_the_way(table.state) == {"open": SOME, "signed": SOME}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((IVY, B, 20, 0, 100), (IVY, B, 40, 3, 3000)),  # what is offered
        ((IVY, B, 20, 0, 100), (IVY, C, 20, 0, 100)),  # to whom
        ((IVY, B, 20, 0, 100), (MAX, B, 20, 0, 100)),  # by whom
        ((MAX, A, 20, 0, 100), (IVY, C, 30, 3, 900)),  # all of it
    ],
)
@pytest.mark.parametrize("further", [0, 1, 2])
def test_twins_whose_offers_differ_show_the_same(one: tuple[int, ...], other: tuple[int, ...], further: int) -> None:
    """Whatever is in an offer, whoever sends it to whom: the room sees the same, at every count."""
    twins = [harbour(), harbour()]
    free = [(seat, venture) for seat in (IVY, MAX) for venture in (A, B, C)]
    used = {one[:2], other[:2]}
    for table, (seat, venture, credits_, hours, shares) in zip(twins, (one, other), strict=True):
        table.when(seat, "send_terms", venture=venture, credits=credits_, hours=hours, shares=shares)
        for sender, whose in [pair for pair in free if pair not in used][:further]:
            table.when(sender, "send_terms", venture=whose, credits=20, hours=0, shares=100)
    assert on_the_way(twins[0].state) == on_the_way(twins[1].state)


def test_a_signature_shows_the_same_wherever_it_is() -> None:
    """Twins of whom one signs here and the other there: the same counts."""
    twins = [harbour(), harbour()]
    for table in twins:
        table.when(IVY, "send_terms", venture=B, credits=20, hours=0, shares=100)
        table.when(MAX, "send_terms", venture=C, credits=20, hours=0, shares=100)
    twins[0].when(BO, "answer_terms", sheet=1, answer="accept")
    twins[1].when(CHEN, "answer_terms", sheet=2, answer="accept")
    assert on_the_way(twins[0].state) == on_the_way(twins[1].state) == {"open": SOME, "signed": SOME}


def test_nothing_is_counted_where_no_negotiation_is_open() -> None:
    """Once it has closed, the deals themselves lie on the table."""
    table = harbour().when(IVY, "send_terms", venture=A, credits=20, hours=0, shares=100)
    table.when(ANN, "answer_terms", sheet=1, answer="accept").close()
    assert on_the_way(table.state) == {}
