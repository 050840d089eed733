"""The ecosystem's figures of a season, each against a table small enough to count by hand."""

from __future__ import annotations

import attrs

from makersphere_rules.ecosystem import figures
from makersphere_rules.ecosystem.agreements import Deal, Pair
from makersphere_rules.ecosystem.entities import Venture
from makersphere_rules.ecosystem.figures_energy import energy, moved
from makersphere_rules.ecosystem.service import Service
from makersphere_rules.ecosystem.verdicts import Figures, Score
from makersphere_rules.entity import Entity
from makersphere_rules.ledger import Posting
from makersphere_rules.module import Draft
from makersphere_rules.modules.recap import Recap
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, CHEN, FUND, OLGA = 1, 2, 3, 4, 5
SEASON = 2


def lay(*more: Entity) -> Table:
    """Lay a table: three makers, one fund with a badge, one space; season 2."""
    return given(
        maker(ANN, ties=(BO,)),
        maker(BO, ties=(ANN, CHEN), background="scientist", spirit=6),
        maker(CHEN, ties=(BO,), spirit=6),
        investor(FUND, "fund", badges=(OLGA,)),
        space(OLGA),
        *more,
        modules=[Recap()],
        season=SEASON,
    )


def gone(number: int, lead: int, reason: str, season: int = SEASON, **more: object) -> Venture:
    """Return a closed venture."""
    closed = attrs.evolve(venture(number, lead), closed=reason, closed_season=season, shares={}, capital={})
    return attrs.evolve(closed, **more)  # type: ignore[arg-type]


def test_the_network_of_all_makers() -> None:
    """Degrees 1, 2, 1: density 66, a star; two kinds 2 : 1, H 918 of 1,584 is 57; mean spirit 17 div 3 in tenths."""
    assert figures.network(lay().state) == {
        "density": 66,
        "centralisation": 100,
        "diversity": 57,
        "spirit": 56,
        "ties": 2,
    }


def test_search_cost_per_deal_is_in_tenths_of_a_credit() -> None:
    """Nine credits of search for two deals: 45 tenths; looks are told apart; last season's count no more."""
    table = lay(
        Deal(1, SEASON, FUND, 1, ANN), Deal(2, SEASON, FUND, 1, ANN, source="package"), Deal(3, 1, FUND, 1, ANN)
    )
    table.put(Pair(ANN, FUND, trust=True, lost=SEASON), Pair(BO, FUND, lost=1))
    table.state.post([Posting("government", "maker:1", 20, "endowment")])
    table.state.post([Posting("maker:1", "suppliers", 9, "search"), Posting("maker:1", "suppliers", 2, "look")])
    assert moved(table.state, "search") == 9
    assert figures.integration(table.state) == {
        "deals": 2,
        "packages": 1,
        "lost_bids": 1,
        "trust": 1,
        "search_credits": 9,
        "look_credits": 2,
        "search_per_deal": 45,
    }


def test_hours_by_kind_offered_and_used() -> None:
    """A fund has 12, less one for its clinic; 7 are delivered; the workshop offered 6 and gave 5."""
    table = lay(
        attrs.evolve(investor(FUND, "fund"), clinic_used=True),
        attrs.evolve(space(OLGA), workshop_used=5),
        Service(OLGA, 17, 6),
        Deal(1, SEASON, FUND, 1, ANN, hours=8, delivered=7),
    )
    found = figures.hours(table.state)
    assert (found["hours_offered_fund"], found["hours_used_fund"]) == (11, 7)
    assert (found["hours_offered_workshop"], found["hours_used_workshop"]) == (6, 5)
    assert (found["hours_offered_angel"], found["hours_used_angel"]) == (0, 0)


def test_metabolism_counts_this_season_alone() -> None:
    """Two founded (one gone again), one birth after one before, one new product, one exit now and one before."""
    product = venture(2, BO, space=OLGA, stage=3, born=True)
    table = lay(
        gone(1, ANN, "unfunded", season=1, born=True, moved_up=True, stage=3),
        attrs.evolve(product, moved_up=True),
        attrs.evolve(venture(3, CHEN), founded=SEASON),
        gone(4, ANN, "closed", founded=SEASON),
        Figures(1, {"births": 1}),
    )
    found = figures.metabolism(table.state)
    assert found["founded"] == 2
    assert found["births"] == 1
    assert (found["moved_up"], found["products"]) == (1, 1)
    assert (found["living"], found["stations_used"]) == (2, 1)
    assert {reason: found[f"exits_{reason}"] for reason in figures.EXITS} == {
        "insolvent": 0,
        "unfunded": 0,
        "unsold": 0,
        "bottom": 0,
        "closed": 1,
    }


def test_badges_held_and_lost() -> None:
    """One lost now; one lost before and not yet back does not count again."""
    lost = attrs.evolve(investor(FUND, "fund"), lost_badges={OLGA: SEASON, 9: 1})
    found = figures.metabolism(lay(lost).state)
    assert (found["badges"], found["badges_lost"]) == (0, 1)


def test_gini() -> None:
    """All equal 0; one of four has all: 75; 1, 2, 3: (-2 + 0 + 6) of 18 is 22; nobody has anything: 0."""
    assert figures.gini([5, 5, 5]) == 0
    assert figures.gini([0, 0, 0, 8]) == 75
    assert figures.gini([3, 1, 2]) == 22
    assert figures.gini([0, 0]) == figures.gini([]) == 0


def test_energy_level_by_level() -> None:
    """Sales 100 come in; goods 30 and a wage of 8 go out; 6 of rent stay with the space, which pays upkeep of 9."""
    table = lay(venture(1, ANN))
    state = table.state
    state.post([Posting("government", "operator:5", 90, "endowment")])
    state.post(
        [
            Posting("consumers", "venture:1", 100, "sales"),
            Posting("venture:1", "suppliers", 30, "goods"),
            Posting("venture:1", "maker:1", 8, "wage"),
            Posting("maker:1", "maker:2", 3, "lend"),
            Posting("venture:1", "operator:5", 6, "rent"),
            Posting("operator:5", "suppliers", 9, "upkeep"),
        ]
    )
    found = energy(state)
    assert (found["energy_in"], found["energy_out"]) == (100, 39)
    assert [found[f"energy_venture_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [100, 44, 56, 44]
    assert [found[f"energy_maker_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [8, 0, 8, 0]
    assert [found[f"energy_operator_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [6, 9, -3, 100]
    assert found["energy_investor_in"] == 0


def test_what_is_set_aside_has_not_moved() -> None:
    """From an investor to its escrow and back is nothing; from escrow to a venture is the investor's."""
    table = lay(venture(1, ANN))
    state = table.state
    state.post([Posting("government", "investor:4", 90, "endowment")])
    state.post([Posting("investor:4", "escrow:4", 60, "escrow"), Posting("escrow:4", "venture:1", 60, "capital")])
    found = energy(state)
    assert (found["energy_investor_passed"], found["energy_venture_in"]) == (60, 60)
    assert found["energy_investor_in"] == 0


def test_energy_is_conserved() -> None:
    """What all levels kept is what the world gave less what it got."""
    table = lay(venture(1, ANN))
    table.state.post([Posting("consumers", "venture:1", 50, "sales"), Posting("venture:1", "government", 4, "tax")])
    found = energy(table.state)
    kept = sum(found[f"energy_{level}_kept"] for level in ("venture", "maker", "investor", "operator"))
    assert kept == found["energy_in"] - found["energy_out"] == 46


def test_the_recap_is_on_the_table_while_it_lasts() -> None:
    """Standings and figures are public as soon as the phase opens, and standings line up season by season."""
    table = lay(attrs.evolve(space(OLGA), vitality=40, vitalities=(40,), community_index=30))
    draft = Draft(table.state, applies=True)
    Recap().open(draft)
    Recap().open(draft)
    assert table.one(Figures, SEASON).values["vitality_5"] == 40
    assert table.one(Figures, SEASON).values["community_5"] == 30
    assert table.one(Score, OLGA).standings == (280, 280)
    assert "'standings': [280, 280]" in table.public()


def test_all_figures_are_whole_numbers_with_names_that_clients_can_use() -> None:
    """Lower-case words and digits, no two parts with the same name."""
    found = figures.season_figures(lay().state)
    assert all(type(value) is int for value in found.values())
    assert all(name.replace("_", "").isalnum() and name.islower() for name in found)
    assert len(found) == 5 + 7 + 12 + 13 + 2 + 4 + 18
