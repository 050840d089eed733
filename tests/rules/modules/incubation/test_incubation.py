"""Incubation at the close: materials, hours, workshop, commons and the roll, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
import pytest

from makersphere_rules.ecosystem.shared_steps.grant import Grant
from makersphere_rules.ecosystem.table.agreements import Deal, Lending, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture, World
from makersphere_rules.entity import Entity
from makersphere_rules.modules.incubation import Incubation
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, MATE, HELPER, OLGA = 1, 2, 3, 4
VENTURE, ACCOUNT = 1, "venture:1"
HOME: Final = {"space": OLGA}


def mentor() -> Investor:
    """Return a mentor with all hours promised."""
    return investor(HELPER, "mentor", "any", badges=(OLGA,), hours=0)


def expert(speciality: str, seat: int = HELPER) -> Investor:
    """Return a professional with all hours promised."""
    return investor(seat, "professional", speciality, badges=(OLGA,), hours=0)


def promise(hours: int, *, number: int = 1, seat: int = HELPER, fee: int = 0, venture_: int = VENTURE) -> Deal:
    """Return a deal for hours."""
    return Deal(number, 1, seat, venture_, LEAD, hours=hours, fee=fee)


def lay(
    *more: Entity,
    house: Space | None = None,
    found: Venture | None = None,
    lead: Maker | None = None,
    purse: Mapping[str, int] | None = None,
    draws: Mapping[tuple[str, int | str, int], int] | None = None,
) -> Table:
    """Lay a table with one venture in one space, 20 credits in its account; `more` is added."""
    return given(
        lead or maker(LEAD, (5, 5, 5)),
        house or space(OLGA),
        found or venture(VENTURE, LEAD, space=OLGA),
        *more,
        modules=[Incubation()],
        credits={ACCOUNT: 20, **(purse or {})},
        draws=draws,
    )


def idle(table: Table) -> Table:
    """Let the lead do nothing, so that other hours stand alone; the workshop rests by itself."""
    return table.when(LEAD, "plan", technology=0, customers=0, business=0, day_job=0)


def at_work(table: Table) -> Venture:
    """Close and return the venture."""
    return table.close().one(Venture, VENTURE)


# -- step 0: day jobs and own money


def test_a_day_job_pays_2_credits_an_hour_from_consumers() -> None:
    """Five hours are the most."""
    table = lay().when(LEAD, "plan", technology=5, customers=0, business=0, day_job=5).close()
    assert table.balance("maker:1") == 10
    assert table.balance("consumers") == -10


def test_own_money_is_put_in_before_materials() -> None:
    """A gift: no shares and no preference come of it."""
    table = lay(purse={ACCOUNT: 0, "maker:1": 9}).when(LEAD, "put_in", credits=4)
    found = at_work(table)
    assert (found.materials, found.capital, found.born) == (4, {}, False)
    assert (table.balance("maker:1"), table.balance(ACCOUNT)) == (5, 0)


# -- step 1: materials


@pytest.mark.parametrize(("stage", "resources", "cost"), [(0, 0, 4), (1, 0, 10), (2, 2, 14), (3, 1, 7)])
def test_materials_follow_the_stage_and_the_spaces_resources(stage: int, resources: int, cost: int) -> None:
    """Each level takes 10 per cent off, rounded down."""
    table = lay(house=space(OLGA, resources=resources), found=venture(VENTURE, LEAD, space=OLGA, stage=stage))
    assert at_work(table).materials == cost
    assert table.balance("suppliers") == cost


def test_a_voucher_halves_materials_after_all_discounts() -> None:
    """18 at 80 per cent is 14, half of it 7."""
    table = lay(house=space(OLGA, resources=2), found=venture(VENTURE, LEAD, space=OLGA, stage=2))
    table.put(World(effect="voucher", tax=10, lots=(LEAD, OLGA)))
    assert at_work(table).materials == 7


def test_who_cannot_pay_materials_stands_still() -> None:
    """No progress, no roll, the makers' hours are lost, promised hours are sold elsewhere, no fee is due."""
    ready = venture(VENTURE, LEAD, space=OLGA, stage=1, tracks=(24, 19, 14), born=True)
    table = lay(
        expert("technology"), promise(4, fee=7), attrs.evolve(space(OLGA), commons=9), found=ready, purse={ACCOUNT: 9}
    )
    found = at_work(table.when(LEAD, "put_in", credits=0))
    assert "work_stopped" in [event.type for event in table.events]
    assert (found.tracks, found.work, found.dice, found.materials) == ((24, 19, 14), {}, (), 0)
    assert table.balance(ACCOUNT) == 9
    assert table.balance("investor:3") == 8
    deal = table.one(Deal, 1)
    assert (deal.delivered, deal.fee_due) == (0, 0)
    assert table.one(Space, OLGA).workshop_used == 0


# -- step 2: investor hours


def test_an_investors_hour_is_2_progress_on_its_speciality() -> None:
    """Four hours of an engineer: technology 8; the fee of 7 is due in full."""
    table = idle(lay(expert("technology"), promise(4, fee=7)))
    assert at_work(table).tracks == (8, 0, 0)
    assert table.one(Deal, 1).fee_due == 7
    assert table.one(Venture, VENTURE).work == {HELPER: 4}


def test_with_trust_one_hour_more_counts_but_is_not_delivered() -> None:
    """5 x 2 progress; four hours are delivered."""
    table = idle(lay(expert("customers"), promise(4), Pair(LEAD, HELPER, trust=True)))
    assert at_work(table).tracks == (0, 10, 0)
    assert table.one(Deal, 1).delivered == 4


@pytest.mark.parametrize(("introduced", "progress"), [(1, 10), (2, 8), (0, 8)])
def test_an_introduction_is_trust_for_its_season(introduced: int, progress: int) -> None:
    """The hour more counts in the season of the introduction, and in no other."""
    table = idle(lay(expert("customers"), promise(4), Pair(LEAD, HELPER, introduced=introduced)))
    assert at_work(table).tracks == (0, progress, 0)


def test_undelivered_hours_are_sold_at_2_credits_and_the_fee_shrinks() -> None:
    """One of four: 6 credits from consumers, fee 7 x 1 div 4 = 1; nothing delivered earns no trust hour."""
    table = idle(lay(expert("business"), promise(4, fee=7))).when(HELPER, "deliver", venture=VENTURE, hours=1)
    assert at_work(table).tracks == (0, 0, 2)
    assert table.balance("investor:3") == 6
    assert table.one(Deal, 1).fee_due == 1
    none = idle(lay(expert("business"), promise(4), Pair(LEAD, HELPER, trust=True)))
    none.when(HELPER, "deliver", venture=VENTURE, hours=0)
    assert at_work(none).tracks == (0, 0, 0)


def test_several_deals_of_a_pair_are_filled_in_order() -> None:
    """Deals of 3 (fee 6) and 4 hours (fee 8): of 5 delivered hours the first gets 3, the second 2."""
    table = idle(lay(expert("technology"), promise(3, fee=6), promise(4, number=2, fee=8)))
    table.when(HELPER, "deliver", venture=VENTURE, hours=5).close()
    parts = [(deal.delivered, deal.fee_due) for deal in table.found(Deal)]
    assert parts == [(3, 6), (2, 4)]
    assert table.balance("investor:3") == 4


def test_a_mentor_works_on_the_greatest_need_and_teaches_its_skill() -> None:
    """Needs 10, 6, 4: technology + 6, and the lead's technology rises with 3 hours or more."""
    table = idle(lay(mentor(), promise(3)))
    assert at_work(table).tracks == (6, 0, 0)
    assert table.one(Maker, LEAD).skills == (6, 5, 5)


def test_a_lead_may_name_the_mentors_track() -> None:
    """The hours go where the lead says; the skill taught is still the one with the greatest need."""
    table = idle(lay(mentor(), promise(3))).when(LEAD, "mentor_track", track="business")
    assert at_work(table).tracks == (0, 0, 6)
    assert table.one(Maker, LEAD).skills == (6, 5, 5)


def test_of_equal_needs_a_mentor_teaches_the_lower_skill() -> None:
    """Needs 5, 5, 0 and skills 6, 3, 1: network. Under three hours it teaches nothing; skills end at 10."""
    found = venture(VENTURE, LEAD, space=OLGA, tracks=(5, 1, 4))
    table = idle(lay(mentor(), promise(4), found=found, lead=maker(LEAD, (6, 3, 1)))).close()
    assert table.one(Maker, LEAD).skills == (6, 4, 1)
    short = idle(lay(mentor(), promise(2), found=found)).close()
    assert short.one(Maker, LEAD).skills == (5, 5, 5)
    top = idle(lay(mentor(), promise(4), lead=maker(LEAD, (10, 3, 1)))).close()
    assert top.one(Maker, LEAD).skills == (10, 3, 1)


# -- step 3: makers' hours


def test_a_makers_hours_count_with_its_skill() -> None:
    """5 x (10 + 7) div 10 = 8, 3 x 14 div 10 = 4, 2 x 10 div 10 = 2."""
    table = lay(lead=maker(LEAD, (7, 4, 0))).when(LEAD, "plan", technology=5, customers=3, business=2, day_job=0)
    table.when(OLGA, "workshop", venture=VENTURE, track="technology", hours=0)
    assert at_work(table).tracks == (8, 4, 2)
    line = next(line for line in table.told() if line.text == "makers_worked")
    assert line.values == {"venture": VENTURE, "technology": 8, "customers": 4, "business": 2}


def test_hours_of_a_team_count_twice_in_the_garage() -> None:
    """8 + 4 + 2 of progress at a desk are 16 + 8 + 4 there; hours that others lend count as they do everywhere."""
    lent = Lending(1, 1, MATE, VENTURE, 5)
    table = lay(maker(MATE, (10, 10, 10)), lent, found=venture(VENTURE, LEAD), lead=maker(LEAD, (7, 4, 0)))
    table.when(LEAD, "plan", technology=5, customers=3, business=2, day_job=0)
    found = at_work(table)
    assert sum(found.tracks) == 28 + 10
    assert found.work == {LEAD: 10, MATE: 5}


def test_co_founders_work_too_and_are_counted_apart() -> None:
    """Each person and track is rounded down by itself."""
    found = venture(VENTURE, LEAD, space=OLGA, cofounders=(MATE,))
    table = idle(lay(maker(MATE, (6, 6, 6)), found=found))
    table.when(MATE, "plan", technology=1, customers=1, business=1, day_job=0)
    assert at_work(table).tracks == (1, 1, 1)
    assert table.one(Venture, VENTURE).work == {MATE: 3}


def test_lent_hours_go_to_the_greatest_need_at_the_lenders_skill() -> None:
    """Skill 10: technology 2, 4, 6 leave needs 4, 6, 4; customers 2 leaves 4, 4, 4; technology is first of equals."""
    table = idle(lay(maker(MATE, (10, 10, 10)), Lending(1, 1, MATE, VENTURE, 5)))
    assert at_work(table).tracks == (8, 2, 0)
    assert table.one(Venture, VENTURE).work == {MATE: 5}


def test_hours_lent_in_another_season_are_gone() -> None:
    """Only this season's count."""
    table = idle(lay(maker(MATE), Lending(1, 0, MATE, VENTURE, 5)))
    assert at_work(table).tracks == (0, 0, 0)


# -- step 4: workshop and commons


def test_workshop_hours_are_2_progress_each_on_the_track_named() -> None:
    """What was given is counted."""
    table = idle(lay(house=space(OLGA, resources=1)))
    table.when(OLGA, "workshop", venture=VENTURE, track="business", hours=2)
    table.when(OLGA, "workshop", venture=VENTURE, track="customers", hours=1)
    assert at_work(table).tracks == (0, 2, 4)
    assert table.one(Space, OLGA).workshop_used == 3
    assert table.one(Venture, VENTURE).work == {OLGA: 3}


def test_one_venture_gets_three_workshop_hours_at_most() -> None:
    """In one go or on several tracks; whoever has had its part is refused more."""
    table = idle(lay(house=space(OLGA, resources=1)))
    table.act(OLGA, "workshop", {"venture": VENTURE, "track": "business", "hours": 4}).refused("bad_args", "hours")
    table.when(OLGA, "workshop", venture=VENTURE, track="business", hours=2)
    table.when(OLGA, "workshop", venture=VENTURE, track="customers", hours=2).refused(
        "cannot_afford", "hours", "cannot_afford.workshop"
    )


def test_commons_fill_the_greatest_need_first_and_never_above_it() -> None:
    """2 x (1 + c) points: 4 of 9, needs 3, 2, 0 take 3 and 1."""
    found = venture(VENTURE, LEAD, space=OLGA, tracks=(7, 4, 4))
    house = attrs.evolve(space(OLGA, community=1), commons=9)
    table = idle(lay(house=house, found=found))
    assert at_work(table).tracks == (10, 5, 4)
    assert table.one(Space, OLGA).commons == 5


def test_commons_go_to_ventures_in_order_of_lots() -> None:
    """Three points for two ventures: the better lot draws 2, the other 1."""
    house = attrs.evolve(space(OLGA), commons=3)
    table = lay(maker(MATE), venture(2, MATE, space=OLGA), house=house, purse={"venture:2": 9})
    table.put(World(tax=10, lots=(OLGA, MATE, LEAD)))
    for seat in (LEAD, MATE):
        table.when(seat, "plan", technology=0, customers=0, business=0, day_job=0)
    idle(table).close()
    assert table.one(Venture, 2).tracks == (2, 0, 0)
    assert table.one(Venture, 1).tracks == (1, 0, 0)
    assert table.one(Space, OLGA).commons == 0


# -- step 5: the roll

READY: Final = (10, 6, 4)


def rolled(
    *more: Entity, dice: tuple[int, int], found: Venture | None = None, bonus: int = 0, misses: int = 0
) -> Table:
    """Let an idea of difficulty 7 that needs nothing more roll against 8."""
    ready = found or venture(VENTURE, LEAD, space=OLGA, tracks=READY)
    return idle(
        lay(
            *more,
            house=attrs.evolve(space(OLGA), spirit_bonus=bonus),
            found=attrs.evolve(ready, misses=misses),
            draws={("roll", VENTURE, 0): dice[0], ("roll", VENTURE, 1): dice[1]},
        )
    ).close()


def test_success_moves_up_ends_misses_and_lifts_the_lead() -> None:
    """4 + 2 + 2 misses = 8: a prototype; spirit 5 becomes 6."""
    table = rolled(dice=(4, 2), misses=2)
    found = table.one(Venture, VENTURE)
    assert (found.stage, found.misses, found.moved_up, found.dice) == (1, 0, True, (4, 2))
    assert found.roll == {"dice": 6, "spirit": 0, "help": 0, "misses": 2, "needed": 8}
    assert table.one(Maker, LEAD).spirit == 6


def test_failure_adds_2_to_the_next_roll() -> None:
    """3 + 2 + spirit bonus 2 = 7 < 8."""
    table = rolled(dice=(3, 2), bonus=2)
    found = table.one(Venture, VENTURE)
    assert (found.stage, found.misses, found.moved_up) == (0, 2, False)
    assert table.one(Maker, LEAD).spirit == 5


def test_who_lacks_anything_does_not_roll() -> None:
    """One point short on one track: no dice."""
    short = venture(VENTURE, LEAD, space=OLGA, tracks=(10, 6, 3))
    assert rolled(dice=(6, 6), found=short).one(Venture, VENTURE).dice == ()


def test_an_unborn_prototype_does_not_roll() -> None:
    """It cannot leave the stage, whatever its progress."""
    stuck = venture(VENTURE, LEAD, space=OLGA, stage=1, tracks=(24, 19, 14))
    assert rolled(dice=(6, 6), found=stuck).one(Venture, VENTURE).dice == ()
    born = attrs.evolve(stuck, born=True)
    assert rolled(dice=(6, 6), found=born).one(Venture, VENTURE).stage == 2


def test_a_product_rolls_no_more() -> None:
    """There is no stage beyond."""
    made = venture(VENTURE, LEAD, space=OLGA, stage=3, tracks=(42, 38, 34), born=True)
    assert rolled(dice=(6, 6), found=made).one(Venture, VENTURE).dice == ()


@pytest.mark.parametrize(
    ("hours", "trusted", "help_"),
    [((3,), (), 1), ((2,), (), 0), ((3,), (HELPER,), 2), ((3, 3), (HELPER,), 3), ((3, 3), (HELPER, 6), 3)],
)
def test_help_of_investors(hours: tuple[int, ...], trusted: tuple[int, ...], help_: int) -> None:
    """1 for each who delivered 3 hours or more, 2 if it is trusted, at most 3 in all."""
    seats = (HELPER, 6)[: len(hours)]
    helpers = [expert("technology", seat) for seat in seats]
    deals = [
        promise(count, number=number, seat=seat)
        for number, (seat, count) in enumerate(zip(seats, hours, strict=True), 1)
    ]
    pairs = [Pair(LEAD, seat, trust=True) for seat in trusted]
    table = rolled(*helpers, *deals, *pairs, dice=(1, 1))
    assert table.one(Venture, VENTURE).roll["help"] == help_


def test_hours_of_two_deals_of_one_investor_help_together() -> None:
    """1 + 2 hours of one investor are 3."""
    table = rolled(expert("technology"), promise(1), promise(2, number=2), dice=(1, 1))
    assert table.one(Venture, VENTURE).roll["help"] == 1


def test_a_new_product_earns_its_space_40() -> None:
    """From the government, to the treasury; in the garage nobody gets it."""
    pilot = venture(VENTURE, LEAD, space=OLGA, stage=2, tracks=(42, 38, 34), born=True)
    table = rolled(dice=(6, 6), found=pilot)
    assert table.balance("operator:4") == 40
    alone = lay(found=attrs.evolve(pilot, space=0), draws={("roll", VENTURE, 0): 6, ("roll", VENTURE, 1): 6}).close()
    assert alone.one(Venture, VENTURE).stage == 3
    assert alone.balance("operator:4") == 0


@pytest.mark.parametrize(("dice", "back"), [((6, 6), 16), ((1, 1), 0)])
def test_a_grant_is_paid_back_twice_if_its_venture_moves_up(dice: tuple[int, int], back: int) -> None:
    """The government pays it to the space; where the roll fails, or the grant is another season's, it pays nothing."""
    idea = venture(VENTURE, LEAD, space=OLGA, tracks=READY)
    assert rolled(Grant(1, OLGA, VENTURE, LEAD, 8), dice=dice, found=idea).balance("operator:4") == back
    assert rolled(Grant(2, OLGA, VENTURE, LEAD, 8), dice=dice, found=idea).balance("operator:4") == 0


def test_spirit_ends_at_10() -> None:
    """A lead at the top stays there."""
    table = lay(lead=maker(LEAD, spirit=10), found=venture(VENTURE, LEAD, space=OLGA, tracks=READY))
    assert table.close().one(Maker, LEAD).spirit == 10
