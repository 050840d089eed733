"""The ecosystem's figures of a season, each against a table small enough to count by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures import all_figures, life
from makersphere_rules.ecosystem.figures.admissions_counted import EntryCounts
from makersphere_rules.ecosystem.figures.energy import LEVELS, energy, spent
from makersphere_rules.ecosystem.figures.scores import Books
from makersphere_rules.ecosystem.figures.service import Efficiency, Service
from makersphere_rules.ecosystem.figures.stock_counts import SOURCES, USES
from makersphere_rules.ecosystem.formulas.assignment import NOBODY, blocking_pairs
from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.ratings import Figures, Score
from makersphere_rules.ecosystem.table.vocabulary import KINDS
from makersphere_rules.entity import Entity, changed
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
    """Degrees 1, 2, 1: density 66, a star; kinds 2 : 1, H 1,584 - 666, of 1,584: 57; spirit 17 div 3 in tenths."""
    assert all_figures.network(lay().state) == {
        "density": 66,
        "centralisation": 100,
        "shannon": 918,
        "diversity": 57,
        "spirit": 56,
        "ties": 2,
    }


def test_search_cost_per_deal_is_in_tenths_of_a_credit() -> None:
    """Nine credits and three bids for two deals: 45 and 15 tenths; looks and last season are left out."""
    table = lay(
        Deal(1, SEASON, FUND, 1, ANN), Deal(2, SEASON, FUND, 1, ANN, source="package"), Deal(3, 1, FUND, 1, ANN)
    )
    table.put(Pair(ANN, FUND, trust=True, lost=SEASON), Pair(BO, FUND, lost=1))
    post(table.state, [Posting("government", "maker:1", 20, "endowment")])
    post(table.state, [Posting("maker:1", "suppliers", 9, "search"), Posting("maker:1", "suppliers", 2, "look")])
    assert spent(table.state, "search") == 9
    assert all_figures.integration(table.state) == {
        "deals": 2,
        "packages": 1,
        "lost_bids": 1,
        "trust": 1,
        "search_credits": 9,
        "look_credits": 2,
        "search_per_deal": 45,
        "competition": 15,
    }


def test_what_a_list_gives_back_is_no_search() -> None:
    """A list of 8 changed for one of 4 has cost 4, not 12: credits that came back have found nobody."""
    table = lay()
    post(table.state, [Posting("government", "maker:1", 20, "endowment"), Posting("maker:1", "suppliers", 8, "search")])
    post(table.state, [Posting("suppliers", "maker:1", 4, "search")])
    assert all_figures.integration(table.state)["search_credits"] == 4


def test_hours_by_kind_offered_and_used() -> None:
    """A fund has 12, less one for its clinic; 7 are delivered; the workshop offered 6 and gave 5."""
    table = lay(
        attrs.evolve(investor(FUND, "fund"), clinic_used=True),
        attrs.evolve(space(OLGA), workshop_used=5),
        Service(OLGA, 17, 6),
        Deal(1, SEASON, FUND, 1, ANN, hours=8, delivered=7),
    )
    found = all_figures.hours(table.state)
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
    found = life.metabolism(table.state)
    assert found["founded"] == 2
    assert found["births"] == 1
    assert (found["moved_up"], found["products"]) == (1, 1)
    assert (found["living"], found["stations_used"]) == (2, 1)
    assert found["deaths"] == 1
    assert {reason: found[f"exits_{reason}"] for reason in life.EXITS} == {
        "insolvent": 0,
        "unfunded": 0,
        "unsold": 0,
        "bottom": 0,
        "closed": 1,
    }


def test_badges_held_and_lost() -> None:
    """One lost now; one lost before and not yet back does not count again."""
    lost = attrs.evolve(investor(FUND, "fund"), lost_badges={OLGA: SEASON, 9: 1})
    found = life.turnover(lay(lost).state)
    assert (found["badges"], found["badges_lost"]) == (0, 1)


def test_turnover_is_what_came_and_went_of_what_was_before_and_after() -> None:
    """Five badges before, two won, one given back, none lost, so six after: 3 of 11 is 27; with nothing moved 0."""
    six = [investor(seat, "fund", badges=(OLGA,)) for seat in (FUND, *range(11, 16))]
    table = lay(*six, Figures(1, {"badges": 5}), EntryCounts(SEASON, won=2, given_back=1))
    assert life.turnover(table.state) == {
        "badges": 6,
        "badges_won": 2,
        "badges_given_back": 1,
        "badges_lost": 0,
        "turnover": 27,
    }
    table.put(EntryCounts(SEASON))
    assert life.turnover(table.state)["turnover"] == 0


def test_entry_rates_of_makers_and_investors() -> None:
    """Two of three pitches are 66 per cent, one of four applications 25; where nobody asked, 0."""
    table = lay(EntryCounts(SEASON, pitches=3, admitted=2, applications=4, won=1))
    found = life.entry_rates(table.state)
    assert (found["entry_rate_makers"], found["entry_rate_investors"]) == (66, 25)
    assert set(life.entry_rates(lay().state).values()) == {0}


def test_survival_counts_closed_ventures_as_deaths_and_living_ones_as_censored() -> None:
    """Of four, one died in its first season (S = 3/4), one lives in its first, one died and one lives in the second."""
    table = lay(
        gone(1, ANN, "unfunded", season=1, founded=1),
        gone(2, BO, "closed", founded=1),
        attrs.evolve(venture(3, CHEN), founded=1),
        attrs.evolve(venture(4, ANN), founded=SEASON),
    )
    assert life.survival(table.state) == {
        "survival_age_1": 750,
        "at_risk_age_1": 4,
        "deaths_age_1": 1,
        "censored_age_1": 1,
        "survival_age_2": 375,
        "at_risk_age_2": 2,
        "deaths_age_2": 1,
        "censored_age_2": 1,
    }


def test_figures_of_secrets_are_nowhere_before_the_end() -> None:
    """Efficiency, blocking pairs, entry rates and the stocks of hours and progress open when the game is over."""
    table = lay(Efficiency(SEASON, 30, 40, 2), EntryCounts(SEASON, pitches=3, admitted=2))
    draft = Draft(table.state, applies=True)
    Recap().open(draft)
    found = table.one(Figures, SEASON)
    assert found.opened["integration_efficiency"] == 75
    assert (found.opened["blocking_pairs"], found.opened["entry_rate_makers"]) == (2, 66)
    assert set(found.opened) & set(found.values) == set()
    assert not any(name in table.public() for name in ("opened", "blocking", "pitches", "integration_efficiency"))
    table.put(changed(table.state.game, status="over"))
    assert "'integration_efficiency': 75" in table.public()


def test_gini() -> None:
    """All equal 0; one of four has all: 75; 1, 2, 3: (-2 + 0 + 6) of 18 is 22; nobody has anything: 0."""
    assert all_figures.gini([5, 5, 5]) == 0
    assert all_figures.gini([0, 0, 0, 8]) == 75
    assert all_figures.gini([3, 1, 2]) == 22
    assert all_figures.gini([0, 0]) == all_figures.gini([]) == 0


def test_energy_level_by_level() -> None:
    """Sales 100 come in; goods 30 and a wage of 8 go out; 6 of rent stay with the space, which pays upkeep of 9."""
    table = lay(venture(1, ANN))
    state = table.state
    post(state, [Posting("government", "operator:5", 90, "endowment")])
    post(
        state,
        [
            Posting("consumers", "venture:1", 100, "sales"),
            Posting("venture:1", "suppliers", 30, "goods"),
            Posting("venture:1", "maker:1", 8, "wage"),
            Posting("maker:1", "maker:2", 3, "lend"),
            Posting("venture:1", "operator:5", 6, "rent"),
            Posting("operator:5", "suppliers", 9, "upkeep"),
        ],
    )
    found = energy(state)
    assert (found["energy_in"], found["energy_out"]) == (100, 39)
    assert [found[f"energy_venture_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [100, 44, 56, 44]
    assert [found[f"energy_maker_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [8, 0, 8, 0]
    assert [found[f"energy_operator_{part}"] for part in ("in", "passed", "kept", "efficiency")] == [6, 9, -3, 100]
    assert found["energy_investor_in"] == 0


def test_what_a_list_gives_back_is_no_energy() -> None:
    """A list of 8 changed for one of 4: the maker has passed on 4, nothing has come in, and the world has got 4."""
    table = lay()
    post(table.state, [Posting("government", "maker:1", 20, "endowment"), Posting("maker:1", "suppliers", 8, "search")])
    post(table.state, [Posting("suppliers", "maker:1", 4, "search")])
    found = energy(table.state)
    assert (found["energy_in"], found["energy_out"]) == (0, 4)
    assert [found[f"energy_maker_{part}"] for part in ("in", "passed", "kept")] == [0, 4, -4]


def test_what_is_set_aside_has_not_moved() -> None:
    """From an investor to its escrow and back is nothing; from escrow to a venture is the investor's."""
    table = lay(venture(1, ANN))
    state = table.state
    post(state, [Posting("government", "investor:4", 90, "endowment")])
    post(state, [Posting("investor:4", "escrow:4", 60, "escrow"), Posting("escrow:4", "venture:1", 60, "capital")])
    found = energy(state)
    assert (found["energy_investor_passed"], found["energy_venture_in"]) == (60, 60)
    assert found["energy_investor_in"] == 0
    assert found["energy_maker_in"] == found["energy_operator_in"] == 0


def test_energy_is_conserved() -> None:
    """What all levels kept is what the world gave less what it got."""
    table = lay(venture(1, ANN))
    post(table.state, [Posting("consumers", "venture:1", 50, "sales"), Posting("venture:1", "government", 4, "tax")])
    found = energy(table.state)
    kept = sum(found[f"energy_{level}_kept"] for level in ("venture", "maker", "investor", "operator"))
    assert kept == found["energy_in"] - found["energy_out"] == 46


def test_the_recap_is_on_the_table_while_it_lasts() -> None:
    """Standings and figures are public as soon as the phase opens, and standings line up season by season."""
    table = lay(attrs.evolve(space(OLGA), vitality=68, vitalities=(68,), community_index=30))
    draft = Draft(table.state, applies=True)
    Recap().open(draft)
    Recap().open(draft)
    assert table.one(Figures, SEASON).values["vitality_5"] == 68
    assert table.one(Figures, SEASON).values["community_5"] == 30
    assert table.one(Score, OLGA).standings == (280, 280)
    assert "'standings': [280, 280]" in table.public()


def test_all_figures_are_whole_numbers_with_names_that_clients_can_use() -> None:
    """Lower-case words and digits, no two parts with the same name."""
    state = lay(attrs.evolve(venture(1, ANN), founded=SEASON)).state
    found = {**all_figures.season_figures(Books(state)), **all_figures.opened_figures(state)}
    assert all(type(value) is int for value in found.values())
    assert all(name.replace("_", "").isalnum() and name.islower() for name in found)
    assert len(found) == 6 + 8 + 12 + 12 + 4 + 5 + 5 + 2 + 4 + 18 + 4 + 5 + 13 + 10


# -- blocking pairs


def test_a_stable_matching_has_no_blocking_pair() -> None:
    """Two ventures and two investors of one place each, all content: nobody leaves."""
    values = [{0: 9, 1: 5}, {0: 7, 1: 6}]
    assert blocking_pairs(values, [0, 1], [1, 1]) == 0


def test_a_pair_that_would_both_rather_have_each_other_blocks() -> None:
    """The first venture and investor are worth 9 to each other and got 5 and 7: one pair; the second two got less."""
    values = [{0: 9, 1: 5}, {0: 7, 1: 6}]
    assert blocking_pairs(values, [1, 0], [1, 1]) == 1


def test_a_free_place_takes_whoever_is_better_off_there() -> None:
    """Alone, each venture would rather have anybody with a place; a third column has none."""
    values = [{0: 3, 1: 2, 2: 9}, {1: 1}]
    assert blocking_pairs(values, [NOBODY, NOBODY], [2, 1, 0]) == 3
    assert blocking_pairs(values, [0, NOBODY], [2, 1, 0]) == 1


# -- the page


def test_the_page_of_figures_names_every_figure_and_no_other() -> None:
    """`docs/figures.md` lists what the rules count, apart what is on the table and what opens at the end."""
    state = lay(attrs.evolve(venture(1, ANN), founded=SEASON)).state
    page = (Path(__file__).parents[3] / "docs" / "figures.md").read_text("utf-8")
    public, opened = page.split("## Open at the end")
    assert named_on(public) == dict.fromkeys(all_figures.season_figures(Books(state)), 1)
    assert named_on(opened) == dict.fromkeys(all_figures.opened_figures(state), 1)


def test_a_figure_has_the_scale_of_its_unit() -> None:
    """What `docs/figures.md` calls tenths or thousandths is counted so."""
    page = (Path(__file__).parents[3] / "docs" / "figures.md").read_text("utf-8")
    units = re.findall(r"^\| `(\w+)` \|[^|]+\| (\w+)", page, re.MULTILINE)
    assert len(units) > 50
    scales = {name: {"tenths": 10, "thousandths": 1_000}.get(unit, 1) for name, unit in units}
    assert {name: all_figures.scale_of(name.replace("_A", "_12")) for name in scales} == scales


def named_on(page: str) -> Counter[str]:
    """Return the names in the first column of a page's tables, each capital letter spelled out."""
    letters: dict[str, Sequence[str]] = {
        "K": (*KINDS, all_figures.WORKSHOP),
        "L": LEVELS,
        "R": life.EXITS,
        "A": ("1",),
        "S": (str(OLGA),),
        "U": USES,
        "P": SOURCES,
    }
    names: Counter[str] = Counter()
    for name in re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE):
        letter = next((part for part in name.split("_") if part in letters), "")
        names.update(name.replace(f"_{letter}", f"_{word}") for word in letters.get(letter, ("",)))
    return names
