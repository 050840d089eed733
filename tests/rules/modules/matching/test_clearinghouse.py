"""The clearinghouse: lists and what they cost, looks that come with them, rounds, packages."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from makersphere_rules.ecosystem.figures.clearing_record import Clearing
from makersphere_rules.ecosystem.table.agreements import Deal, Look
from makersphere_rules.ecosystem.table.entities import Investor, Venture, World
from makersphere_rules.engine import defaults
from makersphere_rules.entity import Entity
from makersphere_rules.ledger import Flow
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, given, investor, maker, space, venture

NOBODY: list[int | str] = []


def harbour(*more: Entity, credits: Mapping[str, int] | None = None) -> Table:  # noqa: A002  (the game's word)
    """Return the matching phase of the rulebook's "A season in numbers"."""
    return before_matching(*more, modules=[Negotiation(), Clearinghouse()], credits=credits)


def packages(table: Table) -> list[tuple[int, int, int, int]]:
    """Return round, venture, investor and hours of each package, in order of signing."""
    return [
        (deal.round, deal.venture, deal.investor, deal.hours) for deal in table.found(Deal) if deal.source == "package"
    ]


# -- a season in numbers


def test_a_season_in_numbers() -> None:
    """Step 4: lists at half cost, two rounds, 4, 4, 3 hours of Ivy, 4 and 3 of Max, 6,790 and 3,210 shares."""
    table = harbour().when(IVY, "look", venture=B)
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="accept")
    table.when(ANN, "rank", investors=[IVY])
    table.when(BO, "rank", investors=[MAX, IVY]).when(CHEN, "rank", investors=[MAX, IVY]).close()
    assert [table.balance(f"maker:{seat}") for seat in (ANN, BO, CHEN)] == [26, 27, 40]
    assert packages(table) == [
        (1, A, IVY, 4),
        (1, B, MAX, 4),
        (1, C, MAX, 3),
        (2, B, IVY, 4),
        (2, C, IVY, 3),
    ]
    assert table.one(Venture, A).shares == {ANN: 6790, IVY: 3210}
    assert table.one(Venture, B).shares == {BO: 6790, IVY: 3210}
    assert table.one(Venture, C).shares == {CHEN: 9700, IVY: 300}
    assert {deal.fee for deal in table.found(Deal) if deal.investor == MAX} == {7}
    assert (table.one(Investor, IVY).hours, table.one(Investor, MAX).hours) == (0, 0)
    assert table.one(Clearing, 3).blocking == (0, 0)
    assert table.one(Clearing, 3).capacities == {IVY: 3, MAX: 2}


# -- looks that come with lists


def test_lists_come_with_looks_kept_apart() -> None:
    """One at each venture of an investor's spaces, w = 1 at integration 1; what it paid for stays as it is."""
    table = harbour(investor(MAX, badges=()), Look(IVY, A, 4, 6, 1)).open().then("list_looks_taken")
    seen = {(look.seat, look.venture): look for look in table.found(Look)}
    assert set(seen) == {(IVY, A), (IVY, B), (IVY, C)}
    assert (seen[(IVY, B)].list_lo, seen[(IVY, B)].list_hi) == (2, 4)
    assert (seen[(IVY, B)].lo, seen[(IVY, B)].hi, seen[(IVY, B)].count) == (1, 6, 0)
    # Ivy has looked at A before: one sharper, and cut with what she knew
    assert (seen[(IVY, A)].list_lo, seen[(IVY, A)].list_hi) == (4, 4)
    assert (seen[(IVY, A)].lo, seen[(IVY, A)].hi) == (4, 6)
    assert table.told(IVY) == []


def test_last_seasons_list_is_out_of_the_hand() -> None:
    """A venture that is at none of the investor's spaces any more has no look on its list."""
    table = harbour(Look(IVY, C, 1, 6, 0, 5, 5), venture(C, CHEN, appeal=5, space=OLGA + 1), space(OLGA + 1)).open()
    assert (table.one(Look, f"{IVY}:{C}").list_lo, table.one(Look, f"{IVY}:{C}").list_hi) == (1, 6)


def test_investors_look_into_the_garage_too() -> None:
    """Its door is open: the looks that come with a list are at its ventures as well, as blurred as at integration 0."""
    table = harbour(venture(C, CHEN, appeal=3)).open()
    seen = table.one(Look, f"{IVY}:{C}")
    assert (seen.list_lo, seen.list_hi) == (1, 5)


# -- sending lists


def test_a_list_costs_the_search_with_its_first_choice() -> None:
    """8 for a stranger, 4 with trust; another list pays or frees the difference, an empty one frees all."""
    table = harbour().when(ANN, "rank", investors=[MAX, IVY]).then("list_paid", "choice_made")
    assert table.balance("maker:1") == 22
    table.when(ANN, "rank", investors=[IVY, MAX])
    assert table.balance("maker:1") == 26
    table.when(ANN, "rank", investors=[IVY])
    assert table.balance("maker:1") == 26
    table.when(ANN, "rank", investors=NOBODY).close()
    assert table.balance("maker:1") == 30
    assert [line for line in packages(table) if line[1] == A] == []


def test_a_list_is_free_once_the_pair_has_paid() -> None:
    """Before it is sent, and after it: then what was set aside comes back with the close."""
    table = harbour()
    table.when(ANN, "send_terms", investor=IVY, credits=20, shares=10)
    table.when(ANN, "rank", investors=[IVY])
    assert table.balance("maker:1") == 26
    table.when(BO, "rank", investors=[IVY])
    assert table.balance("maker:2") == 27
    table.when(IVY, "send_terms", venture=B, credits=20, shares=1500).close()
    assert table.balance("maker:2") == 31


def test_a_list_that_was_changed_leaves_no_trace() -> None:
    """Everybody sees the flows of the list that stands alone; of one that was taken back there is none."""
    changed = harbour().when(ANN, "rank", investors=[MAX, IVY]).when(ANN, "rank", investors=[IVY]).close()
    straight = harbour().when(ANN, "rank", investors=[IVY]).close()
    taken_back = harbour().when(ANN, "rank", investors=[IVY]).when(ANN, "rank", investors=NOBODY).close()
    never = harbour().when(ANN, "rank", investors=NOBODY).close()
    assert changed.found(Flow) == straight.found(Flow)
    assert taken_back.found(Flow) == never.found(Flow)
    assert changed.found(Flow) != never.found(Flow)


def test_a_list_does_not_tell_the_investor() -> None:
    """An investor that approaches a lead pays its search, whatever the lead's list says."""
    table = harbour().when(BO, "rank", investors=[IVY])
    assert table.told(IVY) == []
    before = table.balance("investor:4")
    table.when(IVY, "send_terms", venture=B, credits=20, shares=1500)
    assert table.balance("investor:4") == before - 20 - 4


def test_a_list_that_cannot_be_paid_is_refused() -> None:
    """What the list before has set aside counts as one's own."""
    table = harbour(credits={"maker:1": 7}).when(ANN, "rank", investors=[MAX]).refused("cannot_afford", "investors")
    table.when(ANN, "rank", investors=[IVY])
    table.when(ANN, "rank", investors=[MAX]).refused("cannot_afford", "investors")
    assert table.balance("maker:1") == 3


@pytest.mark.parametrize("listed", [[IVY, IVY], [OLGA], [IVY, 7]])
def test_a_lead_ranks_badge_holders_once(listed: list[int | str]) -> None:
    """Nobody twice, and nobody without the badge of its space."""
    harbour(investor(7)).when(ANN, "rank", investors=listed).refused("bad_args", "investors")


def test_who_may_rank() -> None:
    """A lead with a desk, an investor with a badge."""
    table = harbour(venture(C, CHEN), venture(B, BO, space=OLGA, cofounders=(8,)), investor(7), maker(8))
    table.when(CHEN, "rank", investors=[IVY]).refused("rule", None, "needs_desk")
    table.when(8, "rank", investors=[IVY]).refused("rule", None, "lead_only")
    table.when(7, "rank", ventures=[A]).refused("rule", None, "no_badge")
    table.when(IVY, "rank", ventures=[C]).refused("bad_args", "ventures")
    table.when(IVY, "rank", ventures=[B, A]).then("choice_made")


# -- defaults


def test_a_lead_ranks_by_default_whom_its_venture_can_pay() -> None:
    """Mentors first of all, then the greatest need; nobody whose fee is more than the venture has."""
    table = harbour(investor(7, "mentor", "any", badges=(OLGA,), fee=2), investor(8, badges=(OLGA,)))
    # A needs technology 1, customers 5, business 7
    assert defaults(table.state, ANN)["rank"] == {"investors": [7, IVY, 8, MAX]}
    # B has nothing, so neither Max (fee 7) nor the mentor (fee 2)
    assert defaults(table.state, BO)["rank"] == {"investors": [IVY, 8]}
    assert "rank" not in defaults(harbour(venture(C, CHEN)).state, CHEN)


def test_equal_needs_go_to_the_better_lot() -> None:
    """Two investors of one speciality."""
    table = harbour(investor(7, "fund", "business", badges=(OLGA,)), World(lots=(7, 1, 2, 3, 4, 5, 6)))
    assert defaults(table.state, ANN)["rank"] == {"investors": [7, IVY, MAX]}


@pytest.mark.parametrize(("credits_", "ranks"), [(13, False), (14, True)])
def test_a_default_list_leaves_ten_credits(credits_: int, ranks: bool) -> None:  # noqa: FBT001  (a parameter of a test)
    """4 for the list with trust, so 14 are enough; it is charged at the close."""
    table = harbour(credits={"maker:1": credits_})
    assert ("rank" in defaults(table.state, ANN)) == ranks
    table.close()
    assert table.balance("maker:1") == (10 if ranks else 13)


def test_an_investor_ranks_by_default_by_stage_then_progress() -> None:
    """Pilots before prototypes before ideas; of one stage the furthest; equal ones by lot."""
    table = harbour(
        venture(4, 7, space=OLGA, stage=1, tracks=(40, 10, 10)),
        venture(5, 8, space=OLGA, tracks=(0, 3, 0)),
        maker(7),
        maker(8),
        World(lots=(8, 7, 6, 5, 4, 3, 2, 1)),
    )
    found = defaults(table.state, IVY)
    assert found["rank"] == {"ventures": [A, 4, B, 5, C]}
    assert found["post_package"] == {"fee": 0, "shares": 300}


# -- terms


def test_cheaper_terms_hold_at_once_and_stay() -> None:
    """Sealed until the close, then everyone reads them; the default is what was posted last."""
    table = harbour().when(IVY, "post_package", fee=0, shares=100).then("choice_made")
    assert table.one(Investor, IVY).shares == 300
    table.when(ANN, "rank", investors=[IVY]).close()
    assert [(deal.fee, deal.shares) for deal in table.found(Deal) if deal.venture == A] == [(0, 100)]
    assert (table.one(Investor, IVY).fee, table.one(Investor, IVY).shares) == (0, 100)
    assert "terms_posted" in [line.text for line in table.told()]
    table.when(MAX, "post_package", fee=21, shares=0).refused("not_your_phase")


def test_dearer_terms_wait_for_the_next_matching() -> None:
    """A lead ranked Ivy at 300 shares: her 350 and her fee of 3 stand on the table afterwards, for later lists."""
    table = harbour().when(IVY, "post_package", fee=3, shares=350).when(ANN, "rank", investors=[IVY]).close()
    assert [(deal.fee, deal.shares) for deal in table.found(Deal) if deal.venture == A] == [(0, 300)]
    assert (table.one(Investor, IVY).fee, table.one(Investor, IVY).shares) == (3, 350)


def test_terms_that_ask_more_of_one_thing_and_less_of_another_wait_whole() -> None:
    """A fee in the place of shares: this time the 300 shares stand, and nobody gives hours for nothing."""
    table = harbour().when(IVY, "post_package", fee=7, shares=0).when(ANN, "rank", investors=[IVY]).close()
    assert [(deal.fee, deal.shares) for deal in table.found(Deal) if deal.venture == A] == [(0, 300)]
    assert (table.one(Investor, IVY).fee, table.one(Investor, IVY).shares) == (7, 0)


def test_a_package_asks_at_most_500_shares() -> None:
    """In fee and shares together, a credit of fee counting as 50: so nobody posts a price that a friend alone pays."""
    harbour().when(MAX, "post_package", fee=11, shares=0).refused("bad_args", "fee")
    harbour().when(MAX, "post_package", fee=0, shares=501).refused("bad_args", "shares")
    harbour().when(MAX, "post_package", fee=4, shares=301).refused("rule", "shares")
    harbour().when(MAX, "post_package", fee=4, shares=300).then("choice_made")


# -- matching


def test_who_is_not_ranked_is_unacceptable() -> None:
    """An investor with an empty list serves nobody; a lead with one is served by nobody."""
    table = harbour().when(IVY, "rank", ventures=NOBODY).when(ANN, "rank", investors=[IVY])
    table.when(BO, "rank", investors=NOBODY).when(CHEN, "rank", investors=NOBODY).close()
    assert packages(table) == []


def test_hours_of_sheets_are_not_matched_twice() -> None:
    """Capacity counts what is left after negotiation: signed hours are gone, lapsed ones are back."""
    table = harbour().when(IVY, "send_terms", venture=A, hours=8, shares=320)
    table.when(ANN, "answer_terms", sheet=1, answer="accept")
    table.when(MAX, "send_terms", venture=A, hours=7, shares=280)
    for seat in (ANN, BO, CHEN):
        table.when(seat, "rank", investors=[IVY])
    table.close()
    assert table.one(Clearing, 3).capacities == {IVY: 1, MAX: 2}
    assert packages(table) == [(1, A, IVY, 3)]


def test_packages_are_filled_in_the_order_of_the_list() -> None:
    """Over all rounds: the short one is the last of the investor's own list."""
    table = harbour().when(IVY, "rank", ventures=[C, B, A])
    table.when(ANN, "rank", investors=[IVY]).when(BO, "rank", investors=[MAX, IVY])
    table.when(CHEN, "rank", investors=[MAX, IVY]).close()
    assert [one for one in packages(table) if one[2] == IVY] == [(1, A, IVY, 3), (2, C, IVY, 4), (2, B, IVY, 4)]


@pytest.mark.parametrize(("resources", "integration", "most"), [(1, 1, 1), (2, 1, 2), (1, 2, 2), (2, 2, 3), (5, 5, 3)])
def test_further_rounds_come_with_the_levels(resources: int, integration: int, most: int) -> None:
    """One for resources from 2 on, one for integration from 2 on; one package per venture and round."""
    harbours = attrs.evolve(space(OLGA), resources=resources, integration=integration)
    more = [investor(seat, badges=(OLGA,)) for seat in (7, 8)]
    table = harbour(harbours, *more, credits={"maker:1": 50}).when(ANN, "rank", investors=[IVY, MAX, 7, 8])
    table.when(BO, "rank", investors=NOBODY).when(CHEN, "rank", investors=NOBODY)
    table.close()
    mine = [(number, seat) for number, one, seat, _ in packages(table) if one == A]
    assert mine == list(zip(range(1, most + 1), (IVY, MAX, 7), strict=False))


def test_a_package_never_takes_what_the_lead_must_keep() -> None:
    """It is not signed; the hours stay with the investor."""
    table = harbour(venture(A, ANN, space=OLGA, stage=2, born=True, shares={ANN: 1020, IVY: 8980}))
    table.when(ANN, "rank", investors=[IVY]).when(BO, "rank", investors=[IVY])
    table.when(CHEN, "rank", investors=[IVY]).close()
    assert packages(table) == [(1, B, IVY, 4), (1, C, IVY, 4)]
    assert table.one(Investor, IVY).hours == 3


def test_each_space_clears_for_its_own() -> None:
    """An investor with two badges serves both spaces out of one capacity."""
    table = given(
        maker(1),
        maker(2),
        investor(3, badges=(4, 5), hours=4),
        space(4),
        space(5),
        venture(1, 1, space=4),
        venture(2, 2, space=5, stage=1),
        modules=[Clearinghouse()],
        credits={"maker:1": 30, "maker:2": 30},
    ).close()
    assert packages(table) == [(1, 2, 3, 4)]
    assert table.balance("maker:1") == 20


def test_lists_and_their_cost_are_gone_after_the_close() -> None:
    """Nothing of a list is on the table at any time; deals are told to everyone."""
    table = harbour()
    before = table.public()
    table.when(ANN, "rank", investors=[IVY])
    assert table.public() == before
    table.close()
    assert "list_fee" not in table.public()
    assert [line.text for line in table.told()].count("deal") == len(table.found(Deal))


@st.composite
def clearings(draw: st.DrawFn) -> tuple[list[list[int | str]], list[list[int | str]], list[int]]:
    """Draw the lists of five leads and three investors, and the investors' hours."""
    leads = [draw(st.lists(st.sampled_from((6, 7, 8)), unique=True)) for _ in range(5)]
    investors = [draw(st.lists(st.sampled_from(range(1, 6)), unique=True)) for _ in range(3)]
    return [[*one] for one in leads], [[*one] for one in investors], [draw(st.integers(0, 12)) for _ in range(3)]


@given_any(clearings())
@settings(max_examples=60, deadline=None)
def test_no_round_has_blocking_pairs(
    drawn: tuple[list[list[int | str]], list[list[int | str]], list[int]],
) -> None:
    """Whatever is sent: rounds are stable, one package a venture and round, hours as they were given."""
    leads, investors, hours = drawn
    entities: list[Entity] = [space(9, resources=2, integration=2)]
    for number in range(1, 6):
        entities += [maker(number), venture(number, number, space=9)]
    entities += [investor(seat, badges=(9,), hours=hours[seat - 6]) for seat in (6, 7, 8)]
    table = given(*entities, modules=[Clearinghouse()], credits={f"maker:{n}": 30 for n in range(1, 6)})
    for seat, listed in enumerate(leads, 1):
        table.when(seat, "rank", investors=listed)
    for seat, listed in enumerate(investors, 6):
        table.when(seat, "rank", ventures=listed)
    table.close()
    assert set(table.one(Clearing, 1).blocking) == {0}
    done = packages(table)
    assert len({(number, one) for number, one, _, _ in done}) == len(done)
    assert len({(one, seat) for _, one, seat, _ in done}) == len(done)
    for place, seat in enumerate((6, 7, 8)):
        given_hours = sum(one[3] for one in done if one[2] == seat)
        assert given_hours + table.one(Investor, seat).hours == hours[place]
