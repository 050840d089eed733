"""What keeps a scenario from being played: all of it is found, and what is accepted plays."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.forms import Form, Whole, check
from makersphere_rules.kit import conformance
from makersphere_rules.kit.soundness import checked, unsound
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, RuleModule
from makersphere_rules.modules.counter import Counter
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

Source = dict[str, Any]
ACCEPTED = 24  # random scenarios that a run of the tests plays
NOT_IN_FORM = ("put_in", "rank")  # a default rests on what the close does before it; an empty list says nothing
MATCHING = (
    ["negotiation", "clearinghouse"],
    ["negotiation"],
    ["negotiation", "planner"],
    ["negotiation", "auction_hours"],
    ["auction", "clearinghouse"],
    ["auction", "auction_hours"],
    ["clearinghouse_capital", "clearinghouse"],
    ["planner_capital", "planner"],
)


def classroom(**changes: Mapping[str, Any]) -> Source:
    """Return the classroom's mapping with parameters changed, by module."""
    source = tomllib.loads(shipped.scenario_source("classroom"))
    return {**source, **{module: {**source.get(module, {}), **params} for module, params in changes.items()}}


def found(source: Source, **more: RuleModule) -> dict[str, str]:
    """Return what is wrong with a mapping: the keys of the sentences by path."""
    return {mistake.path: mistake.text for mistake in checked(source, {**shipped.modules(), **more})[1]}


def phase(source: Source, name: str) -> Source:
    """Return a phase's table."""
    table: Source = next(table for table in source["phase"] if table["name"] == name)
    return table


def without(source: Source, name: str) -> Source:
    """Return a mapping without one of its modules, nor that one's parameters."""
    source = copy.deepcopy({key: value for key, value in source.items() if key != name})
    for table in source["phase"]:
        table["modules"] = [module for module in table["modules"] if module != name]
    return source


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_what_ships_is_sound(name: str) -> None:
    """Nothing is wrong with any scenario that ships."""
    assert unsound(shipped.scenario(name), shipped.modules()) == []


def test_only_a_fork_says_what_its_rules_change_to() -> None:
    """In a file it would never be played: it is told."""
    assert found({**classroom(), "changed": {"waterfall": {"wage": 3}}}) == {"changed": "top"}


def test_names_are_there_once() -> None:
    """A phase, a module and a command are each refused the second time."""

    class Other(Counter):
        name: ClassVar[str] = "other"
        commands = (attrs.evolve(Counter.commands[0]),)

    source = {
        "name": "mine",
        "seasons": 2,
        "phase": [
            {"name": "count", "modules": ["counter", "other"]},
            {"name": "count", "modules": ["counter"]},
        ],
    }
    assert found(source, other=Other()) == {
        "phase[1].name": "once",
        "phase[1].modules.counter": "module_once",
        "phase[0].modules.other": "command_once",
    }


def test_modules_stand_in_their_own_phase() -> None:
    """Neither in another phase, nor in one at all where they play in none, nor outside where they play in one."""
    source = classroom()
    source["modules"] = ["world", "recap"]
    phase(source, "recap")["modules"] = ["market"]
    phase(source, "market")["modules"] = ["waterfall"]
    phase(source, "policy")["modules"] = ["policy", "world"]
    places = [(mistake.path, mistake.text) for mistake in checked(source, shipped.modules())[1]]
    assert ("modules.recap", "in_phase") in places
    assert ("phase[7].modules.market", "in_phase") in places
    assert ("phase[0].modules.world", "outside_phases") in places


def test_payout_closes_after_the_market() -> None:
    """A step never reads what a later one writes."""
    source = classroom()
    phase(source, "market")["modules"] = ["waterfall", "market"]
    assert found(source) == {"phase[5].modules.market": "after"}


@pytest.mark.parametrize(
    ("module", "path", "text"),
    [
        ("waterfall", "phase[5].modules.market", "part"),
        ("market", "phase[5].modules.waterfall", "part"),
        ("threshold", "phase[6].modules.appraisal", "part"),
        ("appraisal", "phase[6].modules.threshold", "part"),
    ],
)
def test_a_module_without_what_it_needs_is_told_what_there_is(module: str, path: str, text: str) -> None:
    """A market without a payout, an appraisal without an elimination, and the other way round."""
    source = without(classroom(), module)
    mistakes = {mistake.path: mistake for mistake in checked(source, shipped.modules())[1]}
    assert mistakes[path].text == text
    assert module in str(mistakes[path].values["options"])


def test_one_module_pays_out() -> None:
    """Two of one part are one too many."""
    source = classroom()
    phase(source, "market")["modules"] = ["market", "waterfall", "pro_rata"]
    assert found(source) == {"phase[5].modules.pro_rata": "one_of_part"}


class Told(RuleModule):
    """A module with one command for makers and one that changes no score."""

    name: ClassVar[str] = "told"

    @staticmethod
    def _form(state: State, seat: int) -> Form:
        return Form({"by": Whole(1, 1)})

    commands = (
        Command.sealed("act", _form, roles=("maker",)),
        Command.sealed("wave", _form, roles=("operator",), scored=False),
    )


class Reading(RuleModule):
    """A module whose phase is for reading."""

    name: ClassVar[str] = "reading"
    reading: ClassVar[bool] = True


def idle(names: str, seasons: int = 2) -> dict[str, str]:
    """Return who idles in the classroom's table with these modules, one a phase, `-` for a phase of none."""
    modules = ["told" if name == "told" else name for name in names.split()]
    phases = [{"name": f"p{n}", "modules": [] if name == "-" else [name]} for n, name in enumerate(modules)]
    source = {"name": "mine", "seasons": seasons, "modules": ["world"], "phase": phases}
    more: dict[str, RuleModule] = {"told": Told(), "reading": Reading()}
    _, mistakes = checked(source, {**shipped.modules(), **more})
    return {str(mistake.values["who"]): str(mistake.values["phases"]) for mistake in mistakes}


def test_nobody_waits_through_two_phases_running() -> None:
    """One phase may be without a scored action for a role, two may not, also over the turn of the season."""
    assert idle("told -")["investor"] == "p0, p1"
    assert "maker" not in idle("told -")
    assert idle("told - -")["maker"] == "p1, p2"
    assert idle("- told -")["maker"] == "p2, p0"
    assert "maker" not in idle("- told -", seasons=1)


def test_what_is_not_scored_is_no_action() -> None:
    """A wave of the hand keeps nobody busy."""
    assert idle("told")["operator"] == "p0"


def test_phases_for_reading_do_not_count() -> None:
    """As policy and recap do not."""
    assert "maker" not in idle("told - reading")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"world": {"lead_keeps": 7000}}, "negotiation.shares_most"),
        ({"negotiation": {"shares_most": 3000}}, "negotiation.floor_shares"),
        ({"negotiation": {"credits_most": 50}}, "negotiation.floor_credits"),
        ({"negotiation": {"min_credits": 100}}, "negotiation.floor_credits"),
        ({"negotiation": {"min_hours": 13}}, "negotiation.min_hours"),
        ({"clearinghouse": {"fee_most": 6}}, "world.professional_fee"),
        ({"clearinghouse": {"shares_most": 299}}, "world.angel_shares"),
        ({"clearinghouse": {"package_most": 399}}, "world.professional_shares"),
        ({"world": {"lead_keeps": 9900}}, "world.fund_shares"),
        ({"world": {"angel_credits": 0, "angel_hours": 0}}, "world.angel_credits"),
        ({"world": {"maker_hours": 2}}, "exchange.study_hours"),
        ({"policy": {"rent_most": 11}}, "world.rent"),
        ({"policy": {"bar_most": 35}}, "world.maker_bar"),
        ({"market": {"reserve_most": 29}}, "market.reserve"),
    ],
)
def test_two_parameters_that_spoil_each_other(changes: Mapping[str, Mapping[str, int]], path: str) -> None:
    """Each within its range, and together nobody could play it."""
    assert found(classroom(**changes))[path] in ("at_most", "at_least", "one_above_zero")


def test_materials_that_nobody_can_pay() -> None:
    """The richest maker and investor together cannot."""
    poor = {f"{kind}_credits": 30 for kind in ("angel", "fund", "mentor", "professional", "industry")}
    assert found(classroom(world={**poor, "materials_pilot": 100}))["world.materials_pilot"] == "payable"


def test_the_hardest_idea_can_be_rolled_too() -> None:
    """12 with a spirit bonus of 2 and help of 3 is 17; a card of 9 leaves 8 for the stage, unless misses add up."""
    assert found(classroom(incubation={"misses": 0}, world={"harder_pilot": 8})) == {}
    assert set(found(classroom(incubation={"misses": 0}, world={"harder_pilot": 9}))) == {"world.harder_pilot"}
    assert found(classroom(incubation={"misses": 1}, world={"harder_pilot": 9})) == {}


def test_what_two_parameters_are_held_against_is_a_name_in_every_language() -> None:
    """A sentence that fills in words would be half English elsewhere: what is filled in are paths and numbers."""
    poor = {f"{kind}_credits": 30 for kind in ("angel", "fund", "mentor", "professional", "industry")}
    idle = {f"{kind}_hours": 3 for kind in ("angel", "fund", "mentor", "professional", "industry")}
    hard = {"materials_pilot": 100, "harder_pilot": 9, "package_hours": 12}
    mistakes = checked(classroom(incubation={"misses": 0}, world={**poor, **idle, **hard}), shipped.modules())[1]
    texts = {mistake.path: mistake.text for mistake in mistakes}
    assert texts["world.materials_pilot"] == "payable"
    assert texts["world.package_hours"] == "in_one_hand"
    assert texts["world.harder_pilot"] == "rollable"
    filled = [str(value) for mistake in mistakes for value in mistake.values.values()]
    assert [value for value in filled if re.search(r"[a-z]+ [a-z]+", value)] == []


def test_a_deck_holds_what_one_hand_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hand ever holds the same card twice."""
    monkeypatch.setattr(printed_decks, "names", lambda _: ("only", "two"))
    assert found(classroom()) == {"admission.ideas": "deck"}


def test_a_run_is_checked_by_itself() -> None:
    """What a run changes is told with the run's path, what all runs have but once."""
    source = classroom(market={"reserve_most": 20})
    source["run"] = [{"name": "one"}, {"name": "two", "policy": {"rent_most": 3}}]
    assert found(source) == {"market.reserve": "at_most", "run[1].world.rent": "at_most"}


def test_no_run_changes_the_seats() -> None:
    """They last over all runs, so another number of spaces in one would come to nothing; the same may be said."""
    source = classroom(world={"spaces": 2})
    source["run"] = [{"name": "one", "world": {"spaces": 2}}, {"name": "two", "world": {"spaces": 3, "rent": 9}}]
    assert found(source) == {"run[1].world.spaces": "as_seated"}
    del source["world"]
    assert found(source) == {"run[0].world.spaces": "as_seated", "run[1].world.spaces": "as_seated"}


def test_runs_have_names_of_their_own() -> None:
    """Side by side nobody could tell two of one name apart, nor a run from the practice season; none is told once."""
    source = classroom()
    source["run"] = [{"name": "one"}, {"name": "two"}, {"name": "one"}]
    assert found(source) == {"run[2].name": "once"}
    source["practice"], source["run"] = True, [{"name": "practice"}]
    assert found(source) == {"run[0].name": "once"}
    source["run"] = [{}, {}]
    assert found(source) == {"run[0].name": "text", "run[1].name": "text"}


def test_par_is_given_after_the_scores() -> None:
    """Named before `world` it would find no score, and say nothing."""
    assert found({**classroom(), "modules": ["par", "world"]}) == {"modules.world": "after"}


def test_a_stored_scenario_needs_no_check() -> None:
    """`build` takes what `checked` refuses, so that a room of an older version opens and replays."""
    source = without(classroom(policy={"rent_most": 3}), "threshold")
    assert set(found(source).values()) == {"part", "at_most"}
    assert build(source, shipped.modules()).name == "classroom"


def test_mistakes_of_other_peoples_modules_are_told_in_their_words() -> None:
    """A sentence without a key stays as it is."""

    class Picky(Counter):
        name: ClassVar[str] = "picky"

        def check(self, scenario: object) -> Iterator[Mistake]:
            yield Mistake("picky", "a fine day")

    source = {"name": "mine", "seasons": 1, "phase": [{"name": "count", "modules": ["picky"]}]}
    assert [str(one) for one in checked(source, {"picky": Picky()})[1]] == ["picky: expected a fine day"]


# -- what is accepted plays


def drawn(number: int) -> Source:
    """Return a scenario whose parameters are drawn from their ranges, the ends more often than the middle."""
    pick = conformance.picker(f"scenario {number}")
    source = tomllib.loads(shipped.scenario_source("quickstart" if number % 2 else "classroom"))
    source["seasons"] = 1 + pick(2)
    phase(source, "market")["modules"][1] = ("waterfall", "pro_rata")[pick(2)]
    phase(source, "appraisal")["modules"][1] = ("threshold", "bottom_share", "none")[pick(3)]
    modules = shipped.modules()
    phase(source, "matching")["modules"] = MATCHING[pick(len(MATCHING))]
    played = ["world", *(name for table in source["phase"] for name in table["modules"])]
    for name in modules.keys() - {*played, *source["modules"]}:
        source.pop(name, None)  # a module that is not played takes its parameters along
    for name in played:
        params = modules[name].params
        for field in attrs.fields(params) if params is not None else ():
            if number % 3 == 0 or pick(8) == 0:
                lo, hi = field.metadata["lo"], field.metadata["hi"]
                source.setdefault(name, {})[field.name] = (lo, hi, lo + pick(hi - lo + 1))[pick(3)]
    return source


def mended(source: Source) -> Source:
    """Take back, one after another, the parameters that `check` refuses; what is left is accepted."""
    while mistakes := checked(source, shipped.modules())[1]:
        before = copy.deepcopy(source)
        for mistake in mistakes:
            _take_back(source, mistake)
        assert source != before, mistakes
    return source


def _take_back(source: Source, mistake: Mistake) -> None:
    module, _, name = mistake.path.partition(".")
    limits = [word for word in str(mistake.values.get("name", "")).split() if "." in word]
    for where in (f"{module}.{name}", *limits):
        owner, _, param = where.partition(".")
        source.get(owner, {}).pop(param, None)
    if not limits:
        source.get("world", {}).clear()


@pytest.mark.parametrize("number", range(ACCEPTED))
def test_whatever_is_accepted_can_be_played(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A random game conforms at random parameters, and every default fits the form that a person would be shown."""
    scenario = build(mended(drawn(number)), shipped.modules())
    outside: list[str] = []
    close = conformance._Table.order

    def watched(table: conformance._Table, actor: int, order: engine.Order) -> None:
        if order.name == "close":
            outside.extend(_defaults_outside(table.state))
        close(table, actor, order)

    monkeypatch.setattr(conformance._Table, "order", watched)
    game = conformance.play(scenario, 3 + number % 11, f"accepted {number}", orders=2)

    assert game.state.game.status == "over"
    assert outside == []


def _defaults_outside(state: State) -> Iterator[str]:
    commands = state.scenario.commands[state.game.phase]
    for seat in state.seats():
        for key, args in engine.defaults(state, seat).items():
            name = key.partition(":")[0]
            form = engine.form_of(state, seat, commands[name])
            if isinstance(form, Form) and name not in NOT_IN_FORM and check(form, args) is not None:
                yield f"{key} {dict(args)}"
