"""Nothing is made or lost on the way: energy level by level, hours, shares and progress, over random games."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.figures.energy import LEVELS
from makersphere_rules.ecosystem.figures.stock_counts import SOURCES, USES, unbalanced
from makersphere_rules.ecosystem.figures.stocks import unbalanced_hours
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.kit import conformance
from makersphere_rules.ledger import WORLD, Account, account_sort
from makersphere_rules.restarts import go_back, lay_ready
from makersphere_rules.state import State

GAMES = [("quickstart", 3), ("quickstart", 8), ("classroom", 6), ("classroom", 12), ("classroom", 30)]
ORDERS = 6  # of each seat in each phase
Balances = dict[str, int]


def season_ends(scenario: str, seats: int) -> Iterator[tuple[State, Balances, Balances]]:
    """Yield a game of random legal orders at each recap, with what each level had at the start and has then."""
    state = engine.new(shipped.scenario(scenario), SeededDice(bytes([seats]) * 32), seats)
    pick = conformance.picker(f"balances:{scenario}:{seats}")
    engine.step(state, engine.ROOM, engine.Order("start"))
    before = by_level(state)
    while state.game.status == "running":
        if state.game.phase == "recap":
            yield state, before, by_level(state)
            before = by_level(state)
        for _ in range(ORDERS):
            for seat in state.seats():
                forms = engine.legal(state, seat)
                asked = [name for name in ("answer", "answer_terms") if name in forms]  # where agreements come from
                names = asked if asked and pick(2) else sorted(forms)
                name = names[pick(len(names))]
                at = engine.At(state.game.season, state.game.phase)
                engine.step(state, seat, engine.Order(name, conformance.sample(forms[name], pick), at))
        engine.step(state, engine.ROOM, engine.Order("close"))
        assert list(unbalanced(state)) == []


def by_level(state: State) -> Balances:
    """Return the credits of each level; what an investor has set aside is its own."""
    held = dict.fromkeys(LEVELS, 0)
    for account in state.all(Account).values():
        if account.name not in WORLD:
            sort = account_sort(account.name)
            held["investor" if sort == "escrow" else sort] += account.balance
    return held


@pytest.mark.parametrize(("scenario", "seats"), GAMES)
def test_what_came_into_a_level_went_out_or_was_kept(scenario: str, seats: int) -> None:
    """Each season a level's credits grow by what came in less what it passed on, and all by what the world gave."""
    for state, before, after in season_ends(scenario, seats):
        found = state.one(Figures, state.game.season).values
        for level in LEVELS:
            came, passed = found[f"energy_{level}_in"], found[f"energy_{level}_passed"]
            assert came - passed == found[f"energy_{level}_kept"] == after[level] - before[level], level
            assert 0 <= found[f"energy_{level}_efficiency"] <= 100
        assert found["energy_in"] - found["energy_out"] == sum(after.values()) - sum(before.values())


@pytest.mark.parametrize(("scenario", "seats"), GAMES)
def test_the_stocks_beside_money_balance(scenario: str, seats: int) -> None:
    """Hours given are used, lent or lost; shares are 10,000 a venture; progress is the sum of its sources."""
    seasons = 0
    for state, _, _ in season_ends(scenario, seats):
        seasons += 1
        found = state.one(Figures, state.game.season)
        hours = {what: found.opened[f"hours_{what}"] for what in ("given", "used", "lent", "lost")}
        assert hours["given"] == hours["used"] + hours["lent"] + hours["lost"] > 0
        assert hours["used"] == sum(found.opened[f"hours_for_{use}"] for use in USES)
        assert min(hours.values()) >= 0
        assert list(unbalanced_hours(state)) == []
        assert found.values["shares_all"] == 10_000 * found.values["living"]
        assert found.opened["progress_all"] == sum(found.opened[f"progress_{source}"] for source in SOURCES)
    assert seasons == state.game.seasons


@pytest.mark.parametrize(("scenario", "seats"), GAMES)
def test_badges_and_ventures_are_carried_from_season_to_season(scenario: str, seats: int) -> None:
    """Badges before + won - given back - lost, and living ventures + founded - deaths, are those of the next season."""
    badges = living = 0
    for state, _, _ in season_ends(scenario, seats):
        found = state.one(Figures, state.game.season).values
        badges += found["badges_won"] - found["badges_given_back"] - found["badges_lost"]
        living += found["founded"] - found["deaths"]
        assert (badges, living) == (found["badges"], found["living"])
        at_risk = max((count for name, count in found.items() if name.startswith("at_risk_age_")), default=0)
        deaths = sum(count for name, count in found.items() if name.startswith("deaths_age_"))
        censored = sum(count for name, count in found.items() if name.startswith("censored_age_"))
        assert (deaths + censored, censored) == (at_risk, living)


@pytest.mark.parametrize(("scenario", "seats"), GAMES[:3])
def test_a_purse_is_what_its_entries_add_up_to(scenario: str, seats: int) -> None:
    """What a seat took in and gave out, season by season, adds up to its balance."""
    for state, _, _ in season_ends(scenario, seats):
        for seat in state.seats():
            entries = state.entries[seat]
            assert sum(entries.values()) == state.balance(f"{state.role(seat)}:{seat}")
            assert {season for season, _, _ in entries} <= {*range(state.game.season + 1)}


def test_entries_go_back_with_the_game_and_are_not_shared_with_copies() -> None:
    """What a preview or a rewound phase has moved leaves no trace in the book."""
    state = engine.new(shipped.scenario("quickstart"), SeededDice(b"e" * 32), 3)
    engine.step(state, engine.ROOM, engine.Order("start"))
    operator = state.seats("operator")[0]
    before = dict(state.entries[operator])
    lay_ready(state, 1, "policy")
    copy = state.copy()
    for each in (copy, state):
        engine.step(each, operator, engine.Order("buy_level", {"path": "community"}, engine.At(1, "policy")))
        assert each.entries[operator] != before
    assert sum(copy.entries[operator].values()) == sum(state.entries[operator].values())
    go_back(state, 1, "policy")
    assert state.entries[operator] == before
