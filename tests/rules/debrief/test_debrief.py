"""The debrief: found by itself when a run is over, right to the credit, and without a word too much."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_protocol import texts
from makersphere_rules import engine, shipped
from makersphere_rules.debrief.energy import COLUMNS
from makersphere_rules.debrief.moments import moments
from makersphere_rules.debrief.opened import Debrief, DebriefOpened, Story
from makersphere_rules.debrief.past import Past
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Maker
from makersphere_rules.ecosystem.table.ratings import Figures, Rating, Score
from makersphere_rules.entity import changed
from makersphere_rules.events import EVERYONE
from makersphere_rules.ledger import NO_STEPS, REASONS, Account, Posting
from makersphere_rules.restarts import lay_ready
from makersphere_rules.seen.views import Views, hand_of, table_of
from makersphere_rules.state import CurrentRun, State

GAMES = [
    ("seminar", 12, "a"),
    ("rivals", 30, "b"),
    ("quickstart", 6, "c"),
    ("training", 12, "d"),
    ("seminar", 3, "e"),
]
Tree = dict[str, Any]


@cache
def played(name: str, seats: int, seed: str) -> State:
    """Return a game of standard bots at its end; not to be changed."""
    state = play(shipped.scenario(name), seats, seed, {ANY: policy("standard")}, keep=True).state
    assert state is not None
    return state


def shown(state: State) -> Tree:
    """Return what the table says of the last run."""
    found: Tree = list(table_of(state)["debrief"].values())[-1]
    return found


def stories(state: State) -> dict[int, Tree]:
    """Return what each hand says of its run, by seat."""
    return {seat: list(hand_of(state, seat)["story"].values())[-1] for seat in state.seats()}


def under_way(name: str, seats: int) -> State:
    """Return a game that has begun."""
    state = engine.new(shipped.scenario(name), SeededDice(b"d" * 32), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return state


def close(state: State, phases: int) -> None:
    """Close some phases; defaults act."""
    for _ in range(phases):
        engine.step(state, engine.ROOM, engine.Order("close"))


@pytest.mark.parametrize("game", GAMES)
def test_energy_that_comes_in_goes_out_to_the_credit(game: tuple[str, int, str]) -> None:
    """Every column of a season sums to its total, each sector and step hands on what it gets, shares sum to 1,000."""
    debrief = shown(played(*game))
    for season in debrief["energy"].values():
        links = season["links"].values()
        for sort in ("from", "sector", "step"):
            column = [link for link in links if link["from"].startswith(f"{sort}:")]
            assert sum(link["credits"] for link in column) == season["total"]
            assert sum(link["share"] for link in column) == 1000
        came, went = Counter[str](), Counter[str]()
        for link in links:
            assert link["credits"] > 0
            came[link["to"]] += link["credits"]
            went[link["from"]] += link["credits"]
        between = {node for node in debrief["nodes"] if node.startswith(("sector:", "step:"))}
        assert {node: came[node] for node in between} == {node: went[node] for node in between}


@pytest.mark.parametrize("game", GAMES)
def test_the_energy_picture_is_the_ledger(game: tuple[str, int, str]) -> None:
    """What the world gave and got in a season is what the season's figures counted."""
    state = played(*game)
    for season, picture in shown(state)["energy"].items():
        figures = state.one(Figures, int(season)).values
        given, got = Counter[str](), Counter[str]()
        for link in picture["links"].values():
            given[link["from"]] += link["credits"]
            got[link["to"]] += link["credits"]
        assert given["from:consumers"] + given["from:government"] == figures["energy_in"]
        assert sum(got[f"to:{who}"] for who in ("suppliers", "government")) == figures["energy_out"]


def test_every_reason_of_the_ledger_has_its_place_in_the_picture() -> None:
    """No posting can come that the energy picture does not know."""
    assert set(COLUMNS["step"]) - {"kept"} | set(NO_STEPS) == REASONS


@pytest.mark.parametrize("game", GAMES)
def test_ones_own_money_adds_up_season_by_season(game: tuple[str, int, str]) -> None:
    """What came in is what went out and what was kept; the last season ends with what is in the purse and aside."""
    state = played(*game)
    for seat, story in stories(state).items():
        end = None
        for season, money in story["money"].items():
            assert end is None or money["start"] == end
            assert sum(money["in"].values()) == sum(money["out"].values()) + money["kept"]
            end = money["start"] + money["kept"]
            assert story["seasons"][season]["credits"] == end
        own = (f"{state.role(seat)}:{seat}", f"escrow:{seat}")
        assert end == sum(account.balance for name in own if (account := state.find(Account, name)))


@pytest.mark.parametrize("game", GAMES)
def test_what_others_gave_has_a_giver_and_never_oneself(game: tuple[str, int, str]) -> None:
    """Credits, hours and lessons come from other seats, each of them more than nothing."""
    state = played(*game)
    for seat, story in stories(state).items():
        for giver, gift in story["given"].items():
            assert int(giver) in set(state.seats()) - {seat}
            assert gift.keys() <= {"credits", "hours", "lessons"}
            assert min(gift.values()) > 0


@pytest.mark.parametrize("game", GAMES)
def test_every_moment_can_be_said(game: tuple[str, int, str]) -> None:
    """Each has a sentence in every language whose blanks its values fill, and a season and phase of the game."""
    state = played(*game)
    told = [*shown(state)["moments"].values()]
    assert len(told) >= 3
    for story in stories(state).values():
        told += story["turning"].values()
    phases = {phase.name for phase in state.scenario.phases}
    for moment in told:
        assert moment["phase"] in phases
        assert 1 <= moment["season"] <= state.game.season
        for language in texts.languages():
            sentence = texts.say(language, f"moment.{moment['text']}", moment["values"])
            assert sentence
            assert "{" not in sentence


def test_a_throw_of_dice_is_told_to_a_seat_once() -> None:
    """What its own hours came to, or the narrowest throw of all, and never both of one throw."""
    both = 0
    for seed in "abcdef":
        state = played("quickstart", 6, seed)
        narrowest = [each for each in shown(state)["moments"].values() if each["text"] in ("dice_won", "dice_lost")]
        for story in stories(state).values():
            thrown = [
                (each["season"], each["values"]["venture"])
                for each in story["turning"].values()
                if "needed" in each["values"]
            ]
            assert len(thrown) == len(set(thrown)), story["turning"]
            own = [each["text"] for each in story["turning"].values() if "needed" in each["values"]]
            both += any((each["season"], each["values"]["venture"]) in thrown for each in narrowest) and not any(
                text in ("dice_won", "dice_lost") for text in own
            )
    assert both, "no game shows it"


@pytest.mark.parametrize("game", GAMES)
def test_a_deal_that_was_missed_was_never_made(game: tuple[str, int, str]) -> None:
    """Nobody ever funded the venture over which a pair courted in vain: its maker took no other offer."""
    state = played(*game)
    funded = {deal.venture for deal in state.all(Deal).values()}
    for moment in shown(state)["moments"].values():
        if moment["text"] == "missed_deal":
            assert moment["values"]["venture"] not in funded


@pytest.mark.parametrize("game", [("classroom", 30, "a"), ("classroom", 24, "b"), ("seminar", 12, "a")])
def test_the_first_birth_is_the_first_that_the_log_tells(game: tuple[str, int, str]) -> None:
    """The order of the signatures counts, and no number of a venture; the class was told of the same one first."""
    name, seats, seed = game
    found = play(shipped.scenario(name), seats, seed, {ANY: policy("standard")}, keep=True)
    assert found.state is not None
    events = [event for _, _, events in found.log for event in events]
    signed = [event.deal.venture for event in events if isinstance(event, DealSigned) and event.birth]
    lines = [line for event in events for line in event.lines()]
    told = [line.values["venture"] for line in lines if line.text == "venture_born" and line.audience == EVERYONE]
    (first,) = (moment for moment in shown(found.state)["moments"].values() if moment["text"] == "first_birth")
    assert first["values"]["venture"] == signed[0] == told[0]


@pytest.mark.parametrize("reason", ["preference", "liquidation"])
def test_what_is_left_of_a_venture_that_closes_is_no_largest_payout(reason: str) -> None:
    """The largest payout is a dividend, however much came back when some venture closed."""
    state = played(*GAMES[0]).copy()
    closing = Posting("venture:1", "investor:2", 100_000, reason)
    state.history.postings.append((1, "appraisal", closing))
    (largest,) = (moment for moment in moments(Past(state)) if moment.text == "largest_payout")
    assert largest.values["credits"] != closing.amount


@pytest.mark.parametrize("game", [*GAMES, ("quickstart", 6, "b"), ("seminar", 12, "d")])
def test_who_keeps_the_lead_to_the_end_has_won(game: tuple[str, int, str]) -> None:
    """Secret aims count in the end: a lead that they turned is not told as kept."""
    state = played(*game)
    for moment in shown(state)["moments"].values():
        if moment["text"] == "lead_taken":
            assert state.one(Score, moment["values"]["seat"]).place == 1


def test_moments_stand_in_order_of_time() -> None:
    """A class that reads them down the page goes through the game once."""
    state = played("seminar", 12, "a")
    order = [phase.name for phase in state.scenario.phases]
    places = [(moment["season"], order.index(moment["phase"])) for moment in shown(state)["moments"].values()]
    assert places == sorted(places)


def test_curves_have_a_number_for_every_season_that_was_counted() -> None:
    """Energy, spirit, density, demand, efficiency and the credits of each role are there to be drawn."""
    state = played("seminar", 12, "a")
    curves = shown(state)["curves"]
    wanted = {"energy_in", "spirit", "density", "demand", "integration_efficiency", "vitality_12"}
    wanted |= {f"credits_{role}" for role in ("maker", "investor", "operator", "venture")}
    assert wanted <= curves.keys()
    assert all(list(curves[name]) == ["1", "2", "3", "4"] for name in wanted)
    assert curves["credits_operator"]["4"] == state.balance("operator:12")
    assert curves["spirit"] == {str(season): found.values["spirit"] for season, found in state.all(Figures).items()}


def test_exits_by_cause_sum_to_the_deaths() -> None:
    """Who went, went for a reason; the survival curve starts with all who were founded."""
    state = played("seminar", 12, "a")
    debrief = shown(state)
    assert all(sum(season["exits"].values()) == season["deaths"] for season in debrief["life"].values())
    founded = sum(season["founded"] for season in debrief["life"].values())
    assert next(iter(debrief["survival"].values()))["at_risk"] == founded


def test_the_network_holds_every_tie_once() -> None:
    """Ties stand in the season in which they were made, trust as each season left it."""
    state = played("seminar", 12, "a")
    network = shown(state)["network"]
    ties = [pair for season in network.values() for pair in season["ties"]]
    assert len(ties) == len(set(ties)) == sum(len(maker.ties) for maker in state.all(Maker).values()) // 2
    trusting = {f"{pair.maker}:{pair.investor}" for pair in state.all(Pair).values() if pair.trust}
    assert network["4"]["trust"].keys() == trusting


def test_aims_are_told_as_counts() -> None:
    """Everybody's aim is counted, and nobody is named."""
    state = played("seminar", 12, "a")
    aims = shown(state)["aims"]
    assert sum(aim["held"] for aim in aims.values()) == len(state.seats("maker")) + len(state.seats("investor"))
    points = sum(score.parts.get("ambition", 0) + score.parts.get("thesis", 0) for score in state.all(Score).values())
    assert sum(aim["points"] for aim in aims.values()) == points


def test_no_single_rating_is_in_any_debrief() -> None:
    """With every rating another, nobody's debrief changes by a byte."""
    state = played("seminar", 12, "a").copy()
    assert state.all(Rating)
    for rating in list(state.all(Rating).values()):
        state.put(changed(rating, score=6 - rating.score))
    seasons = state.history.seasons
    seasons |= {season: {**kinds, Rating: state.all(Rating)} for season, kinds in seasons.items()}
    DebriefOpened(1).apply(state)
    assert dict(state.all(Debrief)) == dict(played("seminar", 12, "a").all(Debrief))
    assert dict(state.all(Story)) == dict(played("seminar", 12, "a").all(Story))


def test_single_ratings_cannot_be_asked_for() -> None:
    """Whoever adds to the debrief meets a wall where ratings are."""
    with pytest.raises(AssertionError, match="single ratings"):
        Past(played("quickstart", 6, "c")).all(Rating, 1)


def test_nothing_lies_open_before_the_end() -> None:
    """While a run is played there is no debrief on the table and no story in a hand."""
    state = under_way("quickstart", 6)
    while state.game.status == "running":
        assert "debrief" not in table_of(state)
        assert not any("story" in hand_of(state, seat) for seat in state.seats())
        close(state, 1)
    assert "debrief" in table_of(state)


def test_the_end_brings_the_debrief_to_views_that_are_kept() -> None:
    """A screen that was there all the time shows it like one that comes afterwards."""
    state = under_way("quickstart", 6)
    views = Views(state)
    hand = views.hand(1)
    while state.game.status == "running":
        close(state, 1)
        views.refresh()
    assert views.table["debrief"] == table_of(state)["debrief"]
    assert hand["story"] == hand_of(state, 1)["story"]


@pytest.mark.parametrize("phases", [0, 3, 5, 8, 11])
def test_a_game_that_is_cut_short_has_its_debrief_too(phases: int) -> None:
    """Whenever the host ends it, money adds up, and only seasons that were counted have curves."""
    state = under_way("seminar", 6)
    close(state, phases)
    counted = len(state.all(Figures))
    engine.step(state, engine.ROOM, engine.Order("end"))
    debrief = shown(state)
    assert all(len(curve) == counted for curve in debrief["curves"].values())
    assert len(debrief["energy"]) == state.game.season
    for seat, story in stories(state).items():
        last = list(story["money"].values())[-1]
        own = (f"{state.role(seat)}:{seat}", f"escrow:{seat}")
        assert last["start"] + last["kept"] == sum(state.balance(name) for name in own)


def test_each_run_has_its_own_debrief_and_a_practice_run_none() -> None:
    """Two runs stand side by side; the seasons of each are its own."""
    state = played("mechanisms", 12, "f")
    found = table_of(state)["debrief"]
    assert [debrief["name"] for debrief in found.values()] == [run.name for run in state.runs if not run.practice]
    last = state.one(CurrentRun)
    assert min(map(int, found[str(last.number)]["energy"])) == last.first_season
    first, second = (set(debrief["energy"]) for debrief in found.values())
    assert first.isdisjoint(second)
    assert len(hand_of(state, 1)["story"]) == 2


def test_a_rewound_season_is_told_as_it_was_played_in_the_end() -> None:
    """What was taken back is in the log alone: history goes back with the rest."""
    state = under_way("quickstart", 6)
    close(state, 3)
    lay_ready(state, state.game.season, state.game.phase)
    postings, phase = list(state.history.postings), state.game.phase
    close(state, 5)
    assert len(state.history.postings) > len(postings)
    assert state.history.seasons
    engine.step(state, engine.ROOM, engine.Order("rewind", {"season": 1, "phase": phase}))
    assert state.history.postings == postings
    assert not state.history.seasons


@pytest.mark.parametrize("game", GAMES)
def test_a_counted_season_lies_on_the_table_as_the_debrief_will_tell_it(game: tuple[str, int, str]) -> None:
    """Its ties and its energy picture, to the credit, for whoever looks in the middle of a game."""
    table = table_of(played(*game))
    debrief = list(table["debrief"].values())[-1]
    told = {
        season: {
            "season": int(season),
            "ties": debrief["network"][season]["ties"],
            "energy": {key: link["credits"] for key, link in energy["links"].items()},
        }
        for season, energy in debrief["energy"].items()
    }
    assert table["past"] == told


def test_a_season_that_is_played_is_not_told_yet() -> None:
    """Until its recap opens nothing of it is retold, and what was told stays while the next one is played."""
    state = under_way("seminar", 12)
    close(state, 6)
    assert (state.game.phase, "past" in table_of(state)) == ("appraisal", False)
    close(state, 1)
    first = table_of(state)["past"]
    assert (state.game.phase, list(first)) == ("recap", ["1"])
    close(state, 3)
    assert table_of(state)["past"] == first
