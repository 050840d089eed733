"""Hours promised on a sheet beside the clearinghouse: one investor's hours are never promised twice."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest

from makersphere_rules.ecosystem.figures.clearing_record import Clearing
from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, venture


def harbour(*more: Entity, credits: Mapping[str, int] | None = None) -> Table:  # noqa: A002  (the game's word)
    """Return the matching phase of the rulebook's "A season in numbers": Ivy has 11 hours and gave a clinic."""
    return before_matching(*more, modules=[Negotiation(), Clearinghouse()], credits=credits)


def sheet(table: Table, hours: int, **terms: int) -> Table:
    """Let Ivy promise Ann so many hours, at the least price if none is said, and Ann sign."""
    paid = {"shares": 40 * hours, **terms}
    return table.when(IVY, "send_terms", venture=A, hours=hours, **paid).when(
        ANN, "answer_terms", sheet=1, answer="accept"
    )


def signed(table: Table) -> list[tuple[str, int, int, int]]:
    """Return source, venture, investor and hours of each deal, in order of signing."""
    return [(deal.source, deal.venture, deal.investor, deal.hours) for deal in table.found(Deal)]


def test_one_pair_may_have_a_sheet_and_a_package() -> None:
    """Two deals, each diluting; the search was paid once, for the sheet."""
    table = sheet(harbour(), 4, shares=400)
    assert table.one(Venture, A).shares == {ANN: 6720, IVY: 3280}
    table.when(ANN, "rank", investors=[IVY]).close()
    assert signed(table)[0] == ("sheet", A, IVY, 4)
    assert ("package", A, IVY, 4) in signed(table)
    assert table.one(Venture, A).shares == {ANN: 6518, IVY: 3482}  # 6,720 and 3,280 of 9,700, and 300 more
    assert table.balance("maker:1") == 30
    assert table.one(Pair, f"{ANN}:{IVY}").searched == 3


@pytest.mark.parametrize(
    ("hours", "capacity", "left"), [(3, 2, 0), (4, 2, 0), (7, 1, 0), (8, 1, 0), (9, 0, 2), (11, 0, 0)]
)
def test_promised_and_matched_hours_are_never_more_than_there_are(hours: int, capacity: int, left: int) -> None:
    """(11 - promised + 1 of the clinic) div 4 packages; the last is short, and no hour is promised twice."""
    table = sheet(harbour(), hours)
    for seat in (ANN, BO, CHEN):
        table.when(seat, "rank", investors=[IVY])
    table.close()
    mine = [given for _, _, investor, given in signed(table) if investor == IVY]
    assert table.one(Clearing, 3).capacities[IVY] == capacity
    assert table.one(Investor, IVY).hours == 11 - sum(mine) >= left
    assert len(mine) == 1 + capacity


def test_hours_of_a_sheet_that_is_declined_or_open_are_matched() -> None:
    """An open sheet lapses before the lists are read."""
    table = harbour().when(IVY, "send_terms", venture=A, hours=8, fee=7)
    table.when(ANN, "answer_terms", sheet=1, answer="decline").when(IVY, "send_terms", venture=C, hours=8, fee=7)
    for seat in (ANN, BO, CHEN):
        table.when(seat, "rank", investors=[IVY])
    table.close()
    assert table.one(Clearing, 3).capacities[IVY] == 3
    assert [hours for source, _, _, hours in signed(table) if source == "package"] == [4, 4, 3]


def test_shares_for_promised_hours_count_before_a_package() -> None:
    """A sheet that leaves the lead its last 1,000 shares leaves none for a package; the hours stay unpromised."""
    table = sheet(
        harbour(venture(A, ANN, space=OLGA, stage=2, born=True, shares={ANN: 1042, MAX: 8958})), 4, shares=400
    )
    assert table.one(Venture, A).shares == {ANN: 1000, MAX: 8600, IVY: 400}
    for seat in (ANN, BO, CHEN):
        table.when(seat, "rank", investors=[IVY])
    table.close()
    assert [one[1:3] for one in signed(table) if one[0] == "package"] == [(B, IVY)]
    assert table.one(Investor, IVY).hours == 3


def test_more_hours_than_are_left_are_neither_sent_nor_signed() -> None:
    """Both ways: the investor's sheet and the lead's."""
    table = sheet(harbour(), 9)
    table.when(IVY, "send_terms", venture=B, hours=3, fee=3).refused("bad_args", "hours")
    table.when(BO, "send_terms", investor=IVY, hours=3, fee=3)
    table.when(IVY, "answer_terms", sheet=2, answer="accept").refused("cannot_afford", "sheet")
    assert table.one(Investor, IVY).hours == 2


def test_an_investor_without_hours_serves_nobody_more() -> None:
    """Its list is read and comes to nothing; another's is not touched."""
    table = sheet(harbour(), 11)
    table.when(BO, "rank", investors=[IVY, MAX]).when(IVY, "rank", ventures=[B]).when(MAX, "rank", ventures=[B]).close()
    assert signed(table) == [("sheet", A, IVY, 11), ("package", B, MAX, 4)]


def test_a_venture_in_the_garage_gets_hours_by_a_sheet_alone() -> None:
    """No list, no package; the search costs what it does at a space without levels."""
    table = harbour(venture(C, CHEN), attrs.evolve(Pair(CHEN, IVY)))
    table.when(CHEN, "rank", investors=[IVY]).refused("rule", None, "needs_desk")
    table.when(IVY, "send_terms", venture=C, hours=4, shares=300)
    table.when(CHEN, "answer_terms", sheet=1, answer="accept").close()
    assert table.balance("investor:4") == 144 - 10
    assert [one for one in signed(table) if one[1] == C] == [("sheet", C, IVY, 4)]
