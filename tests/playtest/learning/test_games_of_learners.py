"""What else an environment does for those who train in it: rewards, copies, pictures of the whole, files, Gymnasium."""

from __future__ import annotations

import copy
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from makersphere_playtest.learning.env import MOVES, Environment
from makersphere_playtest.learning.rewards import REWARDS, Reward
from makersphere_playtest.learning.single_seat import SingleSeat
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.shipped import scenario, scenario_source
from makersphere_rules.state import Seat
from makersphere_rules.written.notation import state_hash


def _step(
    environment: Environment, dice: np.random.Generator, observed: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, float]]:
    actions = {agent: int(dice.choice(np.flatnonzero(seen["action_mask"]))) for agent, seen in observed.items()}
    observed, rewards, *_ = environment.step(actions)
    return observed, rewards


def _rewarded(reward: Reward, learners: range) -> tuple[Environment, dict[str, float], int]:
    """Play a game at random; return it with what each agent was rewarded with, and in how many steps."""
    environment = Environment("quickstart", 12, learners=learners, reward=reward)
    observed, _ = environment.reset(5)
    dice, sums, told = np.random.default_rng(2), dict.fromkeys(environment.agents, 0.0), 0
    while environment.agents:
        observed, rewards = _step(environment, dice, observed)
        told += any(rewards.values())
        for agent, value in rewards.items():
            sums[agent] += value
    return environment, sums, told


@pytest.mark.parametrize("reward", ["score", "final"])
def test_a_reward_adds_up_to_the_score(reward: Reward) -> None:
    """A hundred points are one: as each of two seasons ends and with what was hidden, or once at the end."""
    environment, sums, told = _rewarded(reward, range(1, 13))
    assert {agent: round(100 * value) for agent, value in sums.items()} == environment.scores()
    assert told == (1 if reward == "final" else 3)


@pytest.mark.parametrize("reward", ["margin", "place"])
def test_a_reward_that_compares_sums_to_nothing_over_a_role(reward: Reward) -> None:
    """Who gains does so over others of the role, and the best of a role has the most."""
    environment, sums, _ = _rewarded(reward, range(1, 8))
    assert {seat.role for seat in environment.game.all(Seat).values() if seat.id <= len(sums)} == {"maker"}
    assert sum(sums.values()) == pytest.approx(0)
    scores = environment.scores()
    assert max(sums, key=lambda agent: sums[agent]) == max(sums, key=lambda agent: scores[agent])
    assert max(sums.values()) > 0


@pytest.mark.parametrize(
    ("reward", "sentence"),
    [
        (cast(Reward, "glory"), "reward: expected one of score, final, margin, place, not 'glory'"),
        ("place", "expected score or final for seat 12, the only operator, not 'place'"),
    ],
)
def test_a_reward_that_cannot_be_is_refused(reward: Reward, sentence: str) -> None:
    """The sentence names what there is, or why a comparison has nothing to compare with."""
    with pytest.raises(ValueError, match=sentence):
        Environment("quickstart", 12, learners=(12,), reward=reward)
    assert "glory" not in REWARDS


def _begun(steps: int = 60) -> tuple[Environment, dict[str, Any], np.random.Generator]:
    environment = Environment("quickstart", 6)
    observed, _ = environment.reset(7)
    dice = np.random.default_rng(4)
    for _ in range(steps):
        observed, _ = _step(environment, dice, observed)
    return environment, observed, dice


def _pickled(environment: Environment) -> Environment:
    found: Environment = pickle.loads(pickle.dumps(environment))  # noqa: S301  (its own)
    return found


@pytest.mark.parametrize("again", [copy.deepcopy, _pickled])
def test_a_copy_plays_the_same_game_and_leaves_the_first_alone(again: Callable[[Environment], Environment]) -> None:
    """In the middle of a game, of a phase and of a move: the same actions end in the same state."""
    environment, observed, dice = _begun()
    before = state_hash(environment.game)
    other = again(environment)
    ends = []
    for one in (other, environment):
        assert state_hash(one.game) == before
        own, seen = copy.deepcopy(dice), observed
        while one.agents:
            seen, _ = _step(one, own, seen)
        ends.append((state_hash(one.game), one.scores()))
    assert ends[0] == ends[1]
    assert ends[0][0] != before


def test_an_environment_that_was_not_reset_can_be_copied_and_pickled() -> None:
    """It opens the room that the first would have opened."""
    environment = Environment("counter", 3)
    for other in (copy.deepcopy(environment), _pickled(environment)):
        assert other.agents == []
        other.reset(1)
        assert other.agents == ["seat_1", "seat_2", "seat_3"]


def test_a_game_of_a_scenario_that_was_built_can_be_copied() -> None:
    """A copy needs nobody to find the scenario."""
    environment = Environment(scenario("counter"), 3)
    environment.reset(1)
    assert state_hash(copy.deepcopy(environment).game) == state_hash(environment.game)


def test_a_scenario_that_nobody_else_can_find_is_not_pickled() -> None:
    """The sentence says what could be."""
    with pytest.raises(TypeError, match="scenario: expected a name or a path"):
        pickle.dumps(Environment(scenario("counter"), 3))


def test_the_whole_of_a_game_is_one_array() -> None:
    """`state()` fits its space, holds every hand, and asking for it changes nothing."""
    environment, observed, _ = _begun()
    before = state_hash(environment.game)
    whole = environment.state()
    assert environment.state_space.contains(whole)
    assert state_hash(environment.game) == before
    begin = environment.layout.hand_begin
    hands = np.split(whole[begin:], 6)
    for seat, hand in enumerate(hands, 1):
        np.testing.assert_array_equal(hand, observed[f"seat_{seat}"]["observation"][begin : begin + len(hand)])


def test_a_scenario_may_be_a_path(tmp_path: Path) -> None:
    """The same game as by name, from a path as text or as a path; a file with mistakes is refused with each."""
    file = tmp_path / "mine.toml"
    file.write_text(scenario_source("quickstart"), "utf-8")
    hashes = set()
    for given in ("quickstart", str(file), file):
        environment = Environment(given, 6)
        environment.reset(3)
        hashes.add(state_hash(environment.game))
    assert len(hashes) == 1
    file.write_text(scenario_source("quickstart").replace("seasons = 2", "seasons = -2"), "utf-8")
    with pytest.raises(ScenarioError, match="seasons"):
        Environment(file, 6)
    with pytest.raises(KeyError, match="nowhere"):
        Environment("nowhere", 6)


def test_for_people_it_prints_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    """Season, phase and seats stand there after `reset` and after each step."""
    environment = Environment("quickstart", 6, learners=(1,), render_mode="human")
    environment.reset(7)
    environment.step({"seat_1": 0})
    printed = capsys.readouterr().out
    assert printed.count("quickstart: season 1 of 2") == 2
    assert environment.render() is None


def test_who_never_says_that_it_is_ready_holds_nobody_up() -> None:
    """After so many moves the mask allows nothing but *ready*, and after one more the phase goes on without it."""
    environment = Environment("quickstart", 6, learners=(1,))
    observed, infos = environment.reset(7)
    for _ in range(MOVES):
        assert infos["seat_1"]["phase"] == "policy"
        observed, *_, infos = environment.step({"seat_1": 1})
    assert np.flatnonzero(observed["seat_1"]["action_mask"]).tolist() == [0]
    *_, infos = environment.step({"seat_1": 1})
    assert infos["seat_1"]["phase"] == "admission"
    assert infos["seat_1"]["refused"] == MOVES + 1


@pytest.mark.parametrize("flat", [False, True])
def test_one_seat_passes_gymnasiums_own_test(*, flat: bool) -> None:
    """With the observation by name, and as the array alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(SingleSeat("quickstart", 6, 3, flat=flat), skip_render_check=True)


def test_one_seat_plays_the_game_of_the_room() -> None:
    """The same actions have the same rewards, and the mask is where maskable learners look."""
    alone, room = SingleSeat("quickstart", 6, 2, flat=True, reward="final"), Environment("quickstart", 6, learners=(2,))
    seen, info = alone.reset(seed=3)
    observed, _ = room.reset(3)
    dice, total, over = np.random.default_rng(1), 0.0, False
    while not over:
        np.testing.assert_array_equal(seen, observed["seat_2"]["observation"])
        np.testing.assert_array_equal(alone.action_masks(), observed["seat_2"]["action_mask"])
        np.testing.assert_array_equal(info["action_mask"], alone.action_masks())
        action = dice.choice(np.flatnonzero(alone.action_masks()))
        seen, reward, over, _, info = alone.step(action)
        observed, *_ = room.step({"seat_2": int(action)})
        total += reward
    assert round(100 * total) == room.scores()["seat_2"]
