"""What the whole room may know of offers while they are made: how many there are, and nothing of any one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any, Final

import pytest

from makersphere_rules.ecosystem.figures.on_the_way import NO_NUMBERS, SOME, on_the_way
from makersphere_rules.ecosystem.table.agreements import Sheet
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, investor

ZOE: Final = OLGA + 1  # a third investor, so that there are three on either side
LEADS: Final = frozenset({ANN, BO, CHEN})
INVESTORS: Final = frozenset({IVY, MAX, ZOE})


def harbour() -> Table:
    """Return the matching phase of "A season in numbers" of the rulebook, with negotiation alone and Zoe beside."""
    zoe = investor(ZOE, "fund", "business", badges=(OLGA,), hours=6)
    return before_matching(zoe, modules=[Negotiation()], credits={f"investor:{ZOE}": 90})


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


# of each that may deal: what it can do once Ivy and Max have bid for each venture, but for Max for Chen's;
# sheet 0 stands for one that it has
_ACTS: dict[int, list[tuple[str, dict[str, Any]]]] = {
    ANN: [("answer_terms", {"sheet": 0, "answer": "accept"}), ("answer_terms", {"sheet": 0, "answer": "decline"})],
    BO: [("answer_terms", {"sheet": 0, "answer": "accept"}), ("answer_terms", {"sheet": 0, "answer": "decline"})],
    CHEN: [("send_terms", {"investor": MAX, "credits": 20, "hours": 0, "shares": 100})],
    IVY: [("answer_terms", {"sheet": 0, "answer": "withdraw"})],
    MAX: [("send_terms", {"venture": C, "credits": 20, "hours": 0, "shares": 100})],
    ZOE: [("send_terms", {"venture": A, "credits": 20, "hours": 0, "shares": 100})],
}


def bids() -> Iterator[tuple[int, int]]:
    """Yield who has bid for which venture when the few are left."""
    yield from ((seat, number) for number in (A, B, C) for seat in (IVY, MAX) if (seat, number) != (MAX, C))


def are_few(some: Collection[int]) -> bool:
    """Return whether there are two or fewer of either side among them."""
    return min(len(LEADS.intersection(some)), len(INVESTORS.intersection(some))) < 3


@pytest.mark.parametrize("few", [few for count in range(1, 6) for few in combinations(_ACTS, count) if are_few(few)])
@pytest.mark.parametrize("are_offers", [False, True])
def test_where_few_are_left_no_act_of_theirs_changes_what_is_shown(few: tuple[int, ...], are_offers: bool) -> None:  # noqa: FBT001
    """Who is ready is public: once two or fewer are left of either side, what changes could be nobody's but theirs.

    None is told as well, since the first bid would change it; and one of the two is no wiser than who looks on.
    """
    for seat in few:
        for command, args in _ACTS[seat] if are_offers else [_first_bid(seat)]:
            table = harbour()
            for sender, number in bids() if are_offers else ():
                table.when(sender, "send_terms", venture=number, credits=20, hours=0, shares=100)
            for other in {*_ACTS, OLGA}.difference(few):
                table.state.set_ready(other, ready=True)
            before = on_the_way(table.state)
            which = {"sheet": _sheet_of(table, seat)} if "sheet" in args else {}
            table.when(seat, command, **args | which)
            assert before == on_the_way(table.state) == NO_NUMBERS, (seat, command)


def _first_bid(seat: int) -> tuple[str, dict[str, Any]]:
    terms = {"credits": 20, "hours": 0, "shares": 100}
    return "send_terms", {**terms, **({"venture": A} if seat in INVESTORS else {"investor": MAX})}


def _sheet_of(table: Table, seat: int) -> int:
    """Return the number of a sheet that a seat has with somebody."""
    return next(sheet.id for sheet in table.state.all(Sheet).values() if seat in (sheet.maker, sheet.investor))


def test_numbers_are_told_while_three_of_either_side_are_neither_ready_nor_away() -> None:
    """An operator deals nothing, and somebody who is away does nothing: neither makes the crowd larger."""
    table = harbour()
    for sender, number in bids():
        table.when(sender, "send_terms", venture=number, credits=20, hours=0, shares=100)
    table.state.set_ready(OLGA, ready=True)
    assert on_the_way(table.state) == on_the_way(table.state, away={OLGA}) == {"open": 5, "signed": 0}
    for seat in (*LEADS, *INVESTORS):
        assert on_the_way(table.state, away={seat}) == NO_NUMBERS
        table.state.set_ready(seat, ready=True)
        assert on_the_way(table.state) == NO_NUMBERS
        table.state.set_ready(seat, ready=False)


def test_in_a_game_with_two_investors_no_number_is_told() -> None:
    """The one investor would know by each signature what the other has done; a lone one would be named by the first."""
    two = before_matching(modules=[Negotiation()])
    assert on_the_way(two.state) == NO_NUMBERS
    two.when(IVY, "send_terms", venture=A, credits=20, hours=0, shares=100)
    two.when(ANN, "answer_terms", sheet=1, answer="accept")
    assert on_the_way(two.state) == NO_NUMBERS
