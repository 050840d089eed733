"""The game as a PettingZoo environment."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from pettingzoo.test import api_test, parallel_api_test, parallel_seed_test, seed_test

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_playtest.games.headless import ANY, Policies, Runner, play
from makersphere_playtest.learning.actions import Actions
from makersphere_playtest.learning.env import Environment, Observed
from makersphere_playtest.learning.makersphere_v0 import env, parallel_env, raw_env
from makersphere_playtest.learning.numbers import SEAT_FIELDS
from makersphere_playtest.learning.observations import MISSING, Layout, Sheets
from makersphere_rules.seen.lazy_views import LazyViews
from makersphere_rules.shipped import scenario, scenario_names
from makersphere_rules.state import Seat
from makersphere_rules.written.notation import state_hash

_CYCLES = 60
_OF_SEATS = {*SEAT_FIELDS, "id", "cofounders", "badges", "lots", "seats"}


@contextmanager
def _strictly() -> Iterator[None]:
    """Let every warning fail, but the two notes that any observation with an action mask causes."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Observation is not a NumPy array")
        warnings.filterwarnings("ignore", message="Observation space for each agent probably should be")
        yield


def _quickstart() -> Environment:
    return parallel_env("quickstart", 6)


def test_it_passes_pettingzoos_own_tests() -> None:
    """In its own parallel form, and turned into one agent after the other, with no warning."""
    with _strictly():
        parallel_api_test(_quickstart(), _CYCLES)
        parallel_seed_test(_quickstart, _CYCLES)
        api_test(env("quickstart", 6), _CYCLES)
        seed_test(lambda: env("quickstart", 6), _CYCLES)
        api_test(raw_env("quickstart", 6), _CYCLES)


def _at_random(observed: Observed, rng: np.random.Generator) -> int:
    return int(rng.choice(np.flatnonzero(observed["action_mask"])))


def _played(environment: Environment, seed: int) -> tuple[dict[str, float], int, dict[str, dict[str, Any]]]:
    """Play a game at random; return the sum of each agent's rewards, the steps, and the last infos."""
    rng = np.random.default_rng(seed)
    observed, infos = environment.reset(seed)
    sums, steps = dict.fromkeys(environment.agents, 0.0), 0
    while environment.agents:
        for agent in environment.agents:
            assert environment.observation_space(agent).contains(observed[agent]), agent
        actions = {agent: _at_random(observed[agent], rng) for agent in environment.agents}
        observed, rewards, over, _, infos = environment.step(actions)
        for agent, reward in rewards.items():
            sums[agent] += reward
        steps += 1
        assert len(set(over.values())) == 1
    return sums, steps, infos


@pytest.mark.parametrize("name", scenario_names())
def test_any_scenario_can_be_learnt_to_its_end(name: str) -> None:
    """Agents that move at random within their masks reach the end of every shipped scenario, each at the same time."""
    environment = Environment(name, 6)
    sums, steps, infos = _played(environment, 7)
    assert steps > 0
    assert set(sums) == {f"seat_{seat}" for seat in range(1, 7)}
    assert {info["phase"] for info in infos.values()} == {environment.game.game.phase}


def test_the_rewards_of_a_game_add_up_to_the_score() -> None:
    """A hundred points are one of reward, season by season, the hidden parts with the last."""
    environment = Environment("quickstart", 6)
    sums, _, _ = _played(environment, 11)
    scores = environment.scores()
    assert {agent: round(100 * reward) for agent, reward in sums.items()} == scores
    assert any(scores.values())


def test_one_learns_while_others_are_bots() -> None:
    """Only the learners are agents; the bots play as they would without it."""
    environment = Environment("quickstart", 6, learners=(2, 5), policies={ANY: policy("standard")})
    sums, steps, _ = _played(environment, 3)
    assert list(sums) == ["seat_2", "seat_5"]
    assert steps > 0


def test_a_game_without_a_choice_is_the_headless_one() -> None:
    """One agent that is always ready at once leaves the game of the bots beside it, with the same seed, the same."""

    class Ready:
        def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
            return [READY]

    environment = Environment("quickstart", 6, learners=(1,))
    environment.reset(7)
    while environment.agents:
        environment.step({"seat_1": 0})
    policies: Policies = {ANY: policy("standard"), 1: Ready()}
    result = play(scenario("quickstart"), 6, "7", policies, hashed=True)
    assert environment.scores() == {"seat_1": result.scores[0]}
    assert state_hash(environment.game) == result.state_hash


def test_an_observation_holds_no_secret_of_others() -> None:
    """What two agents see of the table is the same, each from its own side, but for seats: only hands differ."""
    environment = Environment("quickstart", 6, entities=True)
    environment.reset(7)
    observed, *_ = environment.step(dict.fromkeys(environment.agents, 0))
    columns = environment.layout.columns()
    one, other = observed["seat_1"]["entities"], observed["seat_2"]["entities"]
    for kind, names in columns.items():
        if kind.startswith("table."):
            plain = [
                place for place, name in enumerate(names) if name.rpartition(".")[2].split("[")[0] not in _OF_SEATS
            ]
            assert sorted(map(tuple, one[kind][:, plain])) == sorted(map(tuple, other[kind][:, plain])), kind
    assert any((one[kind] != other[kind]).any() for kind in columns if kind.startswith("hand."))
    card = columns["hand.idea"].index("idea[0].card")
    assert one["hand.idea"][0, card] != MISSING


def test_a_seat_sees_the_table_from_its_own_side() -> None:
    """Its own row comes first, and seats are counted from it: 1 is itself, whichever seat it has."""
    environment = Environment("quickstart", 6, entities=True)
    observed, _ = environment.reset(7)
    columns = environment.layout.columns()
    number, role = columns["table.seat"].index("seat[0].id"), columns["table.seat"].index("seat[0].role")
    roles = [observed["seat_1"]["entities"]["table.seat"][row, role] for row in range(6)]
    for own in range(1, 7):
        seats = observed[f"seat_{own}"]["entities"]["table.seat"]
        assert np.exp2(seats[:, number]).round().tolist() == [2, 3, 4, 5, 6, 7]
        assert seats[:, role].tolist() == [*roles[own - 1 :], *roles[: own - 1]]


def test_entities_are_the_observation_by_kind_and_the_mask_says_which_there_are() -> None:
    """Nothing but what was said of a move stands beside them, and rows without an entity are masked."""
    environment = Environment("quickstart", 6, learners=(1,), entities=True)
    observed, _ = environment.reset(7)
    seen = observed["seat_1"]
    assert environment.observation_space("seat_1").contains(seen)
    flat = np.concatenate([rows.reshape(-1) for rows in seen["entities"].values()])
    np.testing.assert_array_equal(flat, seen["observation"][: len(flat)])
    assert environment.layout.names[len(flat)].startswith("said.")
    assert seen["entity_mask"]["table.seat"].tolist() == [1] * 6
    makers = [seat.role == "maker" for seat in environment.game.all(Seat).values()]
    assert seen["entity_mask"]["table.maker"].tolist() == makers
    assert not seen["entity_mask"]["hand.investor"].any()


def test_what_is_said_of_a_move_is_observed() -> None:
    """After the command and one part the observation names both, and `infos` in words; after the whole move neither."""
    environment = Environment("quickstart", 6, learners=(1,))
    observed, infos = environment.reset(7)
    names = environment.layout.names
    while infos["seat_1"]["phase"] != "admission":
        observed, *_, infos = environment.step({"seat_1": 0})
    keep = environment.actions.numbers.command("keep_idea")
    observed, *_, infos = environment.step({"seat_1": keep})
    shown = [names[place] for place in np.flatnonzero(observed["seat_1"]["observation"])]
    assert [name for name in shown if name.startswith("said.")] == ["said.keep_idea", "said.field[0]"]
    assert infos["seat_1"]["said"] == ("keep_idea",)
    card = int(np.flatnonzero(observed["seat_1"]["action_mask"])[0])
    assert environment.actions.describe(card) == "1 ones"
    observed, *_, infos = environment.step({"seat_1": card})
    assert infos["seat_1"] == {"season": 1, "phase": "admission", "said": (), "refused": 0}


@pytest.mark.parametrize("name", scenario_names())
def test_observations_that_are_kept_current_are_those_made_afresh(name: str) -> None:
    """What was written step by step is what sheets that are filled in for the first time say, to the end."""
    runner = Runner(scenario(name), 8, "7", {ANY: policy("random")}, keep=False)
    seats = range(1, 9)
    layout = Layout(runner.state.scenario, len(seats), Actions(runner.state.scenario, len(seats)).numbers)
    kept = Sheets(layout, runner.views, seats)
    runner.start()
    looked = 0
    while looked == 0 or runner.state.game.status == "running":
        runner.ask(runner.players, 0)
        runner.close()
        afresh = Sheets(layout, LazyViews(runner.state.copy()), seats).filled()
        for seat, numbers in kept.filled().items():
            np.testing.assert_array_equal(numbers, afresh[seat])
            looked += 1
    assert looked >= len(seats)


def test_it_is_drawn_as_text() -> None:
    """`render` names the season, the phase, and each seat with its role."""
    environment = Environment("quickstart", 6, learners=(1,), render_mode="ansi")
    environment.reset(7)
    drawn = environment.render()
    assert drawn is not None
    assert drawn.splitlines()[0] == "quickstart: season 1 of 2, policy"
    assert len(drawn.splitlines()) == 7


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"learners": (0,)}, "expected seats from 1 to 6, not \\[0\\]"),
        ({"learners": ()}, "expected seats from 1 to 6, not \\[\\]"),
        ({"render_mode": "film"}, "render_mode: expected ansi, human or None, not 'film'"),
    ],
)
def test_what_it_cannot_be_made_of_is_said(arguments: dict[str, Any], sentence: str) -> None:
    """The sentence names the argument and what was expected."""
    with pytest.raises(ValueError, match=sentence):
        Environment("quickstart", 6, **arguments)


def test_an_action_that_is_none_is_refused() -> None:
    """A number beyond the agent's actions is a mistake of the learner; one that the mask forbids is counted."""
    environment = Environment("quickstart", 6, learners=(1,))
    observed, _ = environment.reset(7)
    size = environment.actions.size
    with pytest.raises(IndexError, match=f"expected an action from 0 to {size - 1}, not {size}"):
        environment.step({"seat_1": size})
    forbidden = int(np.flatnonzero(observed["seat_1"]["action_mask"] == 0)[0])
    *_, infos = environment.step({"seat_1": forbidden})
    assert infos["seat_1"]["refused"] == 1
