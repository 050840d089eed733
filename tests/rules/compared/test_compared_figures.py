"""The figures by which tables are compared: from a played game, each by hand, and none where no season was counted."""

from __future__ import annotations

from math import isclose, log, sqrt

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import shipped
from makersphere_rules.compared.figures import COMPARED, figures_of
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER
from makersphere_rules.engine import new
from makersphere_rules.ledger import Flow


def test_each_figure_is_what_the_books_of_the_game_say() -> None:
    """Sales, rent and what the rule took, counted again from flows and seasons."""
    result = play(shipped.scenario("quickstart"), 12, "7", {ANY: policy("standard")}, keep=True)
    assert result.state is not None
    found = figures_of(result.state)
    assert tuple(found) == COMPARED
    seasons = [one.values for one in result.state.all(Figures).values()]
    flows = result.state.all(Flow).values()
    makers = result.roles.count(MAKER)
    sales = sum(flow.amount for flow in flows if flow.reason == "sales") / makers / len(seasons)
    rent = sum(flow.amount for flow in flows if flow.reason == "rent") / sum(one["stations_used"] for one in seasons)
    assert isclose(found["sales"].value, sales)
    assert isclose(found["sales"].even, sqrt(sales))
    assert isclose(found["rent"].value, rent)
    assert isclose(found["rent"].even, log(1 + rent))
    assert sales > 0, "a game in which nothing is sold shows nothing"
    gone = sum(one[f"exits_{why}"] for one in seasons for why in ("unfunded", "unsold", "bottom"))
    gone += sum(one["badges_lost"] for one in seasons)
    among = sum(one["founded"] + one["badges_won"] for one in seasons)
    assert isclose(found["eliminated"].value, 100 * gone / among)
    assert isclose(found["eliminated"].even, (sqrt(gone) + sqrt(gone + 1)) / sqrt(among))


@pytest.mark.parametrize(("seats", "seed"), [(18, "2"), (18, "24"), (24, "9"), (24, "22")])
def test_no_more_can_go_than_there_were(seats: int, seed: str) -> None:
    """A badge is lost as often as it is gained, so an investor may lose several: badges are counted, and not people."""
    result = play(shipped.scenario("quickstart"), seats, seed, {ANY: policy("random")}, keep=True)
    assert result.state is not None
    seasons = [one.values for one in result.state.all(Figures).values()]
    lost, won = (sum(one[f"badges_{what}"] for one in seasons) for what in ("lost", "won"))
    assert 0 < lost <= won
    assert lost > result.roles.count(INVESTOR), "a game in which no investor loses two shows nothing"
    assert 0 < figures_of(result.state)["eliminated"].value <= 100


def test_a_game_without_a_season_has_none() -> None:
    """One that was ended before its first recap, and one of a scenario without an ecosystem."""
    assert figures_of(new(shipped.scenario("quickstart"), SeededDice(bytes(32)), 6)) == {}
    played = play(shipped.scenario("counter"), 3, "7", {ANY: policy("standard")}, keep=True).state
    assert played is not None
    assert figures_of(played) == {}
