"""Bottom share and none: the last of each class go, or nobody but the insolvent; the rest of the close is shared."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture, World
from makersphere_rules.entity import Entity
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.bottom_share import BottomShare, lowest
from makersphere_rules.modules.none import NoElimination
from makersphere_rules.modules.threshold import Threshold
from tests.rules.table import Table, given, investor, maker, space, venture

LEADS = tuple(range(1, 7))
ANGEL, FUND, OLGA, PETE = 7, 8, 9, 10
SEASON = 2


def unborn(number: int, progress: int, **more: object) -> Venture:
    """Return an unborn venture of the first season with so much progress."""
    made = venture(number, number, space=OLGA, stage=1, tracks=(progress, 0, 0))
    return attrs.evolve(made, **more)  # type: ignore[arg-type]


def seller(number: int, sales: int, stage: int = 2, **more: object) -> Venture:
    """Return a born pilot (or product) that has sold for so much."""
    made = venture(number, number, space=OLGA, stage=stage, born=True)
    return attrs.evolve(made, **{"sales": sales, **more})  # type: ignore[arg-type]


def lay(*more: Entity, module: RuleModule | None = None, params: Mapping[str, int] | None = None) -> Table:
    """Lay a table of six makers, two investors with a badge, and two spaces of 100 credits."""
    played = module or BottomShare()
    return given(
        *(maker(seat) for seat in LEADS),
        investor(ANGEL, badges=(OLGA,)),
        investor(FUND, "fund", badges=(OLGA,)),
        space(OLGA),
        space(PETE),
        *more,
        modules=[Appraisal(), played],
        credits={f"operator:{OLGA}": 100, f"operator:{PETE}": 100},
        season=SEASON,
        params={played.name: params} if params else None,
    )


def gone(table: Table) -> dict[int, str]:
    """Close and return the ventures that went, and why."""
    return {one.id: one.closed for one in table.close().found(Venture) if one.closed}


# -- how many


@pytest.mark.parametrize(
    ("size", "share", "expected"),
    [(0, 20, 0), (1, 20, 0), (2, 20, 1), (4, 20, 1), (9, 20, 1), (10, 20, 2), (14, 20, 2), (15, 20, 3), (3, 100, 3)],
)
def test_the_part_is_rounded_down_and_at_least_one_of_two(size: int, share: int, expected: int) -> None:
    """20 per cent of 9 is 1, of 10 is 2; nobody is the last of a class of one."""
    assert len(lowest(range(size), share, lambda one: (one, 0))) == expected


def test_the_lowest_go_and_of_equals_the_better_lot_stays() -> None:
    """Values 5, 3, 3, 3, 9 with lots 0 to 4: the 3 with the worst lot goes first."""
    ranked = [(5, 0), (3, 1), (3, 2), (3, 3), (9, 4)]
    assert lowest(ranked, 40, lambda one: one) == [(3, 3), (3, 2)]


# -- ventures


def test_the_unborn_with_least_progress_goes() -> None:
    """Of three the one with 4 points; its maker is free, richer by a skill, and finds nobody in its place."""
    table = lay(unborn(1, 12), unborn(2, 4), unborn(3, 7))
    assert gone(table) == {2: "bottom"}
    assert (table.one(Maker, 2).venture, table.one(Maker, 2).skills) == (0, (5, 4, 4))
    assert {"venture": 2, "reason": "bottom"} in [line.values for line in table.told()]


def test_a_venture_in_its_first_season_is_not_ranked() -> None:
    """It has had one season only; with it out of the class the other is alone and stays."""
    assert gone(lay(unborn(1, 12), unborn(2, 0, founded=SEASON))) == {}


def test_pilots_and_products_are_one_class() -> None:
    """A product that sold 20 is below a pilot that sold 30, however low the bars of `threshold` would be."""
    assert gone(lay(seller(1, 30), seller(2, 20, stage=3), seller(3, 200, stage=3))) == {2: "bottom"}


def test_a_good_seller_goes_if_all_others_are_better() -> None:
    """Selection by rank takes somebody, whatever has been reached."""
    assert gone(lay(seller(1, 300, stage=3), seller(2, 301, stage=3))) == {1: "bottom"}


def test_one_alone_has_nobody_above_it() -> None:
    """A single unborn venture and a single pilot without sales both stay."""
    assert gone(lay(unborn(1, 0), seller(2, 0))) == {}


def test_born_ideas_and_prototypes_are_in_no_class() -> None:
    """They have nothing to sell yet, and they are funded."""
    assert gone(lay(seller(1, 0, stage=1), seller(2, 0, stage=0))) == {}


def test_an_unborn_pilot_is_ranked_among_the_unborn_alone() -> None:
    """It sells, and is judged once, by progress."""
    assert gone(lay(unborn(1, 30, stage=2), unborn(2, 40), seller(3, 10), seller(4, 20))) == {1: "bottom", 3: "bottom"}


def test_the_insolvent_go_first_and_count_in_no_class() -> None:
    """Of two sellers the better is insolvent: it goes, and the other is alone now."""
    assert gone(lay(seller(1, 90, insolvent=True), seller(2, 10))) == {1: "insolvent"}


def test_of_equal_sellers_the_better_lot_stays() -> None:
    """Lot 1 is maker 2's, so venture 1 goes."""
    table = lay(seller(1, 50), seller(2, 50)).put(World(tax=10, lots=(2, 1, 3, 4, 5, 6, ANGEL, FUND, OLGA, PETE)))
    assert gone(table) == {1: "bottom"}


def test_the_class_is_the_rooms_garage_and_all_spaces() -> None:
    """Somebody at another space and somebody in the garage are ranked with the tenants."""
    assert gone(lay(seller(1, 50), seller(2, 40, space=PETE), seller(3, 30, space=0))) == {3: "bottom"}


def test_a_wild_card_spares_and_nobody_goes_instead() -> None:
    """The last of three is spared; the second to last stays too."""
    table = lay(seller(1, 50), seller(2, 40), seller(3, 30)).open().act(OLGA, "wild_card", {"venture": 3})
    assert gone(table) == {}
    assert table.one(Space, OLGA).wild_card_used


def test_a_share_of_a_scenario_counts() -> None:
    """50 per cent of four: two."""
    sellers = [seller(number, 10 * number) for number in (1, 2, 3, 4)]
    assert gone(lay(*sellers, params={"share": 50})) == {1: "bottom", 2: "bottom"}


# -- badges


def badges(table: Table) -> dict[int, tuple[int, ...]]:
    """Close and return who holds which badges."""
    return {one.seat: one.badges for one in table.close().found(Investor)}


def served(investor_: int) -> tuple[Entity, ...]:
    """Return a born prototype and a deal by which an investor served it."""
    return venture(1, 1, space=OLGA, stage=1, born=True), Deal(1, SEASON, investor_, 1, 1, hours=4, delivered=4)


def test_the_badge_holder_with_the_lowest_score_loses_its_badge() -> None:
    """The fund served, the angel did not; the appraisal bar says nothing here."""
    for bar in (0, 80):
        table = lay(attrs.evolve(space(OLGA), appraisal_bar=bar), *served(FUND))
        assert badges(table) == {ANGEL: (), FUND: (OLGA,)}


def test_a_space_keeps_its_only_badge_holder() -> None:
    """Each space ranks its own: one of two at Olga's goes, the only one at Pete's stays."""
    table = lay(investor(ANGEL, badges=(OLGA, PETE)), *served(FUND))
    assert badges(table) == {ANGEL: (PETE,), FUND: (OLGA,)}
    assert table.one(Investor, ANGEL).lost_badges == {OLGA: SEASON}


def test_of_equal_holders_the_better_lot_keeps_its_badge() -> None:
    """Both did nothing; the fund has the first lot."""
    table = lay().put(World(tax=10, lots=(FUND, ANGEL, *LEADS, OLGA, PETE)))
    assert badges(table) == {ANGEL: (), FUND: (OLGA,)}


def test_a_wild_card_spares_a_badge() -> None:
    """The angel would go; nobody goes in its place."""
    table = lay(*served(FUND)).act(OLGA, "wild_card", {"seat": ANGEL})
    assert badges(table) == {ANGEL: (OLGA,), FUND: (OLGA,)}


# -- none, and what all three share


def test_without_elimination_only_debt_closes_a_venture() -> None:
    """Unborn for long, without sales, without service: all stay; the insolvent goes."""
    table = lay(unborn(1, 0), seller(2, 0), seller(3, 0, insolvent=True), module=NoElimination())
    assert gone(table) == {3: "insolvent"}
    assert table.one(Investor, FUND).badges == (OLGA,)
    assert table.one(Investor, FUND).appraisals == (10,)


def test_a_wild_card_that_could_spare_nobody_is_not_offered() -> None:
    """Insolvency is never spared, so there is nothing to play it for."""
    table = lay(seller(1, 0), module=NoElimination())
    assert not table.may(OLGA, "wild_card")
    table.when(OLGA, "wild_card", venture=1).refused("unknown_command")


@pytest.mark.parametrize("module", [Threshold(), BottomShare(), NoElimination()], ids=lambda module: module.name)
def test_the_house_is_kept_alike(module: RuleModule) -> None:
    """One of two desks is left: upkeep 25, clearing 10, indices counted, whoever decides who goes."""
    merciful = attrs.evolve(space(OLGA), appraisal_bar=0)
    table = lay(merciful, seller(1, 500, stage=3), seller(2, 0, insolvent=True), module=module)
    assert gone(table) == {2: "insolvent"}
    assert table.balance(f"operator:{OLGA}") == 100 - 10 - 25
    assert len(table.one(Space, OLGA).vitalities) == 1
