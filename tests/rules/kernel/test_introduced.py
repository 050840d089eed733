"""A game that opens season by season: what comes later is refused and hidden, and done by default until then."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.vocabulary import MAKER, OPERATOR
from makersphere_rules.forms import Form, Sum
from makersphere_rules.kit import bounds, conformance
from makersphere_rules.kit.soundness import checked
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

NOT_YET = "not_introduced"


def source(introduced: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return the mapping of a quickstart that introduces something later."""
    return {**tomllib.loads(shipped.scenario_source("quickstart")), "introduced": introduced, **more}


def scenario(introduced: dict[str, Any], **more: object) -> Scenario:
    """Return it as a scenario."""
    return build(source(introduced, **more), shipped.modules())


def opened(played: Scenario, phase: str, season: int = 1) -> State:
    """Return a game in a phase of a season of the room; nobody has said anything before."""
    state = engine.new(played, SeededDice(b"i" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while (state.game.season, state.game.phase) != (season, phase):
        engine.step(state, engine.ROOM, engine.Order("close"))
    return state


def refused(state: State, seat: int, name: str, **args: Any) -> Refusal:  # noqa: ANN401  (of any form)
    """Return why an order is refused."""
    found = engine.decide(state, seat, engine.Order(name, args))
    assert isinstance(found, Refusal)
    return found


def first(state: State, role: str) -> int:
    """Return the first seat of a role."""
    return state.seats(role)[0]


class TestCommands:
    """A command that comes later is no command yet."""

    def test_a_command_is_refused_until_its_season_and_says_when_it_comes(self) -> None:
        """It is not offered either; from its season on it is as it always was."""
        played = scenario({"study": 2})
        early, late = opened(played, "exchange"), opened(played, "exchange", 2)
        seat = first(early, MAKER)

        why = refused(early, seat, "study", skill="technology")

        assert (why.code, why.text, dict(why.values), why.field) == ("rule", NOT_YET, {"season": 2}, "")
        assert "study" not in engine.legal(early, seat)
        assert "study" in engine.legal(late, seat)
        assert isinstance(engine.decide(late, seat, engine.Order("study", {"skill": "technology"})), tuple)

    def test_the_name_of_a_phase_stands_for_all_that_it_asks(self) -> None:
        """Whoever may say nothing there is not asked anything."""
        state = opened(scenario({"exchange": 2}), "exchange")

        assert all(list(engine.legal(state, seat)) == ["ready"] for seat in state.seats())

    def test_what_would_be_done_for_a_seat_is_done_and_not_told(self) -> None:
        """The close carries out the default of a command that has not been introduced; no hand names it."""
        played, plain = scenario({"forecast": 2, "set_price": 2, "deliver": 2}), scenario({})
        ended = []
        for one in (played, plain):
            state = opened(one, "incubation")
            told = {name.partition(":")[0] for seat in state.seats() for name in engine.defaults(state, seat)}
            assert "plan" in told
            assert ("deliver" in told) == (one is plain)
            engine.step(state, engine.ROOM, engine.Order("close"))
            ended.append([state.balance(f"{role}:{seat}") for seat in state.seats() for role in (MAKER, "investor")])
        assert ended[0] == ended[1]

    def test_a_practice_season_counts_as_the_first(self) -> None:
        """Seasons are those of the room: what comes in the second is there when the game that counts begins."""
        state = opened(scenario({"study": 2}, practice=True), "exchange", 2)

        assert state.run_season == 1
        assert "study" in engine.legal(state, first(state, MAKER))

    def test_a_run_may_introduce_otherwise(self) -> None:
        """What its table says lies over what the scenario says."""
        runs = [{"name": "one", "seasons": 1}, {"name": "two", "seasons": 1, "introduced": {"study": 3}}]
        state = opened(scenario({"study": 1, "clinic": 2}, run=runs), "exchange", 2)

        assert refused(state, first(state, MAKER), "study", skill="technology").text == NOT_YET
        assert state.scenario.comes_in("exchange", "clinic") == 2


class TestFields:
    """A field that comes later is no part of the form yet, and counts as its command says."""

    TERMS = ("maker_bar", "investor_bar", "weights", "appraisal_bar")

    def test_a_term_that_comes_later_stays_as_it_stands(self) -> None:
        """In the first season an operator sets the rent alone."""
        state = opened(scenario({"set_terms": dict.fromkeys(self.TERMS, 2)}), "policy")
        seat = first(state, OPERATOR)
        before = state.one(Space, seat)

        assert list(engine.legal(state, seat)["set_terms"].fields) == ["rent"]
        assert engine.defaults(state, seat) == {"set_terms": {"rent": before.rent}}
        why = refused(state, seat, "set_terms", rent=9, maker_bar=3)
        assert (why.code, why.text, dict(why.values), why.field) == ("rule", NOT_YET, {"season": 2}, "maker_bar")
        engine.step(state, seat, engine.Order("set_terms", {"rent": 9}))
        engine.step(state, engine.ROOM, engine.Order("close"))
        after = state.one(Space, seat)
        assert (after.rent, after.maker_bar, after.weights) == (9, before.maker_bar, before.weights)

    def test_a_sum_has_no_field_that_comes_later(self) -> None:
        """The hours of a plan are the tracks' alone, all of them."""
        state = opened(scenario({"plan.day_job": 2}), "incubation")
        seat = first(state, MAKER)
        form = engine.legal(state, seat)["plan"]

        assert form.sums == (Sum(("technology", "customers", "business"), 0, 10),)
        assert isinstance(engine.decide(state, seat, engine.Order("plan", dict.fromkeys(form.fields, 3))), tuple)

    def test_from_its_season_on_it_is_a_field_like_any(self) -> None:
        """The form is whole."""
        state = opened(scenario({"plan.day_job": 2}), "incubation", 2)
        form = engine.form_of(state, first(state, MAKER), state.scenario.commands["incubation"]["plan"])

        assert isinstance(form, Form)
        assert "day_job" in form.fields


def test_what_every_module_passes_is_passed_while_something_is_still_to_come() -> None:
    """Replay equals live, books balance, and each announced bound is taken and kept, in both seasons."""
    terms = dict.fromkeys(TestFields.TERMS, 2)
    late = dict.fromkeys(("study", "propose_swap", "look", "wild_card", "grant", "ask_to_join"), 2)
    played = scenario({**late, "set_terms": terms, "send_terms": {"hours": 2, "fee": 2}, "plan.day_job": 2})

    assert conformance.play(played, 6, "introduced", orders=1).state.game.status == "over"
    probed = bounds.probe(played, 6, "introduced", orders=1)
    assert probed.accepted
    assert probed.refused


@pytest.mark.parametrize("name", ["classroom", "quickstart"])
def test_a_first_season_as_it_ships_asks_for_what_a_season_needs(name: str) -> None:
    """An idea and a door, a partner, capital and hours, work, a price; teaching, giving; rent, levels and help."""
    played = shipped.scenario(name)
    now = {command for phase in played.commands.values() for command in phase if played.comes_in("", command) == 1}
    assert now == {
        *("keep_idea", "pitch", "answer_join", "propose_exchange", "answer", "send_terms", "answer_terms", "rank"),
        *("post_package", "plan", "set_price", "forecast", "rate", "apply", "clinic", "deliver"),
        *("set_terms", "buy_level", "wild_card", "introduce", "grant", "workshop"),
    }


@pytest.mark.parametrize("name", ["classroom", "quickstart"])
def test_a_short_game_never_asks_what_needs_more_seasons(name: str) -> None:
    """Two or three seasons are too few to leave, to look, to scout, to study or to fill a till."""
    played = shipped.scenario(name)
    late = {
        command: played.comes_in("", command) for command in ("leave_space", "leave_team", "look", "scout", "study")
    }
    assert min((*late.values(), played.comes_in("", "set_reserve"))) > played.seasons


def test_studying_waits_for_more_than_four_seasons() -> None:
    """What it teaches pays back late, so only `training` asks for it."""
    names = ("quickstart", "classroom", "seminar", "rivals", "training")
    asked = [name for name in names if shipped.scenario(name).comes_in("", "study") <= shipped.scenario(name).seasons]
    assert asked == ["training"]


def test_a_scenario_from_before_may_introduce_what_is_gone() -> None:
    """Rooms keep the scenario that they were founded with; commands that nobody has now are passed over."""
    played = scenario({"drop_badge": 2, "waive_fee": 3, "study": 2})
    assert dict(played.introduced) == {"study": 2}


class TestMistakes:
    """What a scenario says of it is looked at."""

    @pytest.mark.parametrize(
        ("introduced", "path", "nearest"),
        [
            ({"studdy": 2}, "introduced.studdy", "study"),
            ({"send_terms": {"fees": 2}}, "introduced.send_terms.fees", "send_terms.fee"),
            ({"plan.technology": 2}, "introduced.plan.technology", ""),
            ({"study": 0}, "introduced.study", ""),
            ({"study": "2"}, "introduced.study", ""),
            (["study"], "introduced", ""),
        ],
    )
    def test_a_name_or_a_season_that_cannot_be_is_named(self, introduced: Any, path: str, nearest: str) -> None:  # noqa: ANN401
        """With the valid name that may have been meant; a field must be one that may come later."""
        with pytest.raises(ScenarioError) as caught:
            scenario(introduced)

        assert [mistake.path for mistake in caught.value.mistakes] == [path]
        assert caught.value.mistakes[0].nearest == nearest

    def test_nobody_is_idle_in_any_season(self) -> None:
        """Two phases running without a decision are refused, also where they are so for one season alone."""
        late = {"exchange": 3, "matching": 2}
        found = checked(source(late, seasons=4), shipped.modules())[1]

        assert {(one.text, one.values["who"]) for one in found} == {
            ("never_idle", who) for who in ("maker", "investor", "operator")
        }
        assert checked(source({"exchange": 3}, seasons=4), shipped.modules())[1] == []
