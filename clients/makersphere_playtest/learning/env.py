"""Any scenario as a PettingZoo parallel environment: learners play seats, policies play the others.

| | |
|---|---|
| agents | `seat_N`, the seats that learn; all unless `learners` says which |
| step | every agent that is not ready says one part of a move; after whole moves come the bots |
| actions | `Discrete`: parts of moves, as `numbers.py` says; what the mask forbids does nothing |
| observation | `observation`, what the seat sees and has said, by `observations.py`, and `action_mask`; no secret |
| entities | with `entities=True` also each kind as rows and columns, and which rows there are |
| reward | one of `rewards.py`; as the score rises by season if none is said |
| end | all agents terminate together when the game is over; nobody is eliminated from it before |
| infos | `season`, `phase`, `said`: of the move in the making, and `refused`: how many moves came to nothing so far |

A phase closes when all are ready. Who has made `MOVES` moves in a phase can only say that it is ready. Agents move in
the order of the season's lots, then bots. The same seed gives the same game to the same actions. `options` of `reset`
are not used. A game can be copied, to try things in, and pickled, to be sent elsewhere. Of the extra `rl`.

Source: PettingZoo's Parallel API (Terry et al. 2021).
Versions: `makersphere_v0`.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final, Self

import numpy as np
from gymnasium.spaces import Box, Dict, Discrete
from pettingzoo import ParallelEnv

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, PASSES, Policies, Runner
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.learning.actions import NOTHING_SAID, Actions, Mask, Saying
from makersphere_playtest.learning.observations import HIGHEST, LOWEST, Layout, Observation, Sheets
from makersphere_playtest.learning.rewards import Reward, peers_of, reward_of
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.engine import all_ready, legal, seating
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.lazy_views import LazyViews
from makersphere_rules.state import Seat, State

__all__ = ["MOVES", "Environment", "Observed", "scenario_of"]

Observed = dict[str, Any]
MOVES: Final = 40  # of one agent in one phase


def scenario_of(given: str | Path | Scenario) -> Scenario:
    """Return a scenario by name, from a file, or as it is; a file ends in `.toml` or has a folder before its name.

    Raises:
        KeyError: no shipped scenario has that name.
        OSError: the file can't be read.
        ScenarioError: the file has mistakes.
    """
    if isinstance(given, Scenario):
        return given
    path = Path(given)
    if path.suffix != ".toml" and len(path.parts) == 1:
        return shipped.scenario(str(given))
    return build(tomllib.loads(path.read_text("utf-8")), shipped.modules())


class Environment(ParallelEnv[str, Observed, int]):  # type: ignore[misc]  # PettingZoo carries no types
    """One room in memory.

    Args:
        scenario: the name of a shipped one, a path to a file of one, or one that was built.
        seats: how many, or the role of each.
        learners: the seats that are agents; all if it is left out.
        policies: who plays the others: by seat, by role, or under `headless.ANY`; the standard bot if left out.
        reward: what agents are rewarded for.
        entities: whether observations show each kind of entity by itself too.
        render_mode: `ansi` for `render` as text, `human` to print that at each step.

    Raises:
        KeyError: there is no such scenario.
        OSError: its file can't be read.
        ScenarioError: its file has mistakes.
        ValueError: a learner has no such seat, a reward compares a seat that is alone in its role, or `reward` or
            `render_mode` is none that there is.
    """

    metadata: ClassVar[dict[str, Any]] = {
        "name": "makersphere_v0",
        "render_modes": ["ansi", "human"],
        "is_parallelizable": True,
    }

    def __init__(
        self,
        scenario: str | Path | Scenario = "classroom",
        seats: int | tuple[str, ...] = 12,
        *,
        learners: Iterable[int] | None = None,
        policies: Policies | None = None,
        reward: Reward = "score",
        entities: bool = False,
        render_mode: str | None = None,
    ) -> None:
        """Lay out spaces; `reset` opens the room."""
        modes = (None, *self.metadata["render_modes"])
        if render_mode not in modes:
            raise ValueError(f"render_mode: expected ansi, human or None, not {render_mode!r}")
        self.render_mode = render_mode
        self._given = scenario
        self._scenario = scenario_of(scenario)
        self._roles = seating(self._scenario, seats) if isinstance(seats, int) else tuple(seats)
        chosen = sorted(set(range(1, len(self._roles) + 1) if learners is None else learners))
        if not chosen or not 1 <= chosen[0] <= chosen[-1] <= len(self._roles):
            raise ValueError(f"learners: expected seats from 1 to {len(self._roles)}, not {chosen}")
        self._seats = {f"seat_{seat}": seat for seat in chosen}
        self._bots = set(range(1, len(self._roles) + 1)) - {*chosen}
        self._peers = {seat: peers_of(seat, self._roles, reward) for seat in chosen}
        self._reward, self._with_entities = reward, entities
        self._policies: Policies = {ANY: Standard()} if policies is None else policies
        self._lay_out()
        self._seed, self._game = secrets.randbits(32), -1
        self._done: list[dict[str, int]] = []
        self.possible_agents = list(self._seats)
        self.agents: list[str] = []

    # -- spaces

    def _lay_out(self) -> None:
        self.actions = Actions(self._scenario, len(self._roles))
        self.layout = Layout(self._scenario, len(self._roles), self.actions.numbers)
        self._observation_spaces = {agent: self._space_of_observations() for agent in self._seats}
        self._action_spaces = {agent: Discrete(self.actions.size) for agent in self._seats}
        self.state_space = Box(LOWEST, HIGHEST, (self.layout.state_size,), np.float32)

    def _space_of_observations(self) -> Dict:
        found: dict[str, Any] = {
            "observation": Box(LOWEST, HIGHEST, (self.layout.size,), np.float32),
            "action_mask": Box(0, 1, (self.actions.size,), np.int8),
        }
        if self._with_entities:
            shapes = self.layout.shapes()
            found["entities"] = Dict({name: Box(LOWEST, HIGHEST, shape, np.float32) for name, shape in shapes.items()})
            found["entity_mask"] = Dict({name: Box(0, 1, shape[:1], np.int8) for name, shape in shapes.items()})
        return Dict(found)

    def observation_space(self, agent: str) -> Dict:
        """Return the space of an agent's observations."""
        return self._observation_spaces[agent]

    def action_space(self, agent: str) -> Discrete[np.int64]:
        """Return the space of an agent's actions."""
        return self._action_spaces[agent]

    def state(self) -> Observation:
        """Return the table and all hands as one array, secrets and all, for a critic that sees everything."""
        sheets = Sheets(self.layout, LazyViews(self.game.copy()), range(1, len(self._roles) + 1))
        return self.layout.joined(sheets.filled())

    @property
    def game(self) -> State:
        """Return the game itself, secrets and all: for those who study it, never for a learner."""
        return self._runner.state

    # -- play

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observed], dict[str, dict[str, Any]]]:
        """Open a new room and start it.

        Args:
            seed: the game is that of `makersphere simulate --seed`; without one, the next of that series.
            options: not used.
        """
        self._seed, self._game = (self._seed, self._game + 1) if seed is None else (seed, 0)
        self._done = []
        self._runner = Runner(
            self._scenario, self._roles, game_seed(self._seed, self._game), self._policies, keep=False
        )
        self._sheets = self._sheets_of(self._runner)
        self._pass = 0
        self._made = dict.fromkeys(self._seats.values(), 0)
        self._sayings: dict[int, Saying] = {}
        self._scores = self._all_scores()
        self._refused = dict.fromkeys(self._seats, 0)
        self.agents = list(self._seats)
        self._runner.start()
        self._play_on()
        if self.render_mode == "human":
            self.render()
        return self._observed(), self._infos()

    def _sheets_of(self, runner: Runner) -> Sheets:
        return Sheets(self.layout, runner.views, self._seats.values())

    def step(
        self, actions: Mapping[str, int]
    ) -> tuple[dict[str, Observed], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Let every agent say one part of a move and the bots make theirs; go on to where an agent has to decide.

        Raises:
            IndexError: an action's number is out of the agent's range.
            KeyError: an agent is not in `agents`.
        """
        said = {agent: int(action) for agent, action in actions.items()}
        for action in said.values():
            if not 0 <= action < self.actions.size:
                raise IndexError(f"expected an action from 0 to {self.actions.size - 1}, not {action}")
        places = {player.seat: place for place, player in enumerate(self._runner.in_turn())}
        moved = [self._say(agent, said[agent]) for agent in sorted(said, key=lambda agent: places[self._seats[agent]])]
        self._done.append(said)
        if any(moved):
            self._play_on()
        told = self.agents
        over = self.game.game.status == "over"
        rewards = self._rewards(over=over)
        found = self._observed(), rewards, dict.fromkeys(told, over), dict.fromkeys(told, False), self._infos()
        if over:
            self.agents = []
        if self.render_mode == "human":
            self.render()
        return found

    def _say(self, agent: str, number: int) -> bool:
        """Let an agent say one part; return whether that made a move or came to nothing, so that others go on."""
        seat = self._seats[agent]
        if self._is_done(seat):
            return False
        saying = self._sayings.pop(seat, NOTHING_SAID)
        name = saying.command or self.actions.numbers.named(number)
        form = legal(self.game, seat).get(name) if name else None
        found = self.actions.say(form, seat, saying, number)
        if isinstance(found, Saying):
            self._sayings[seat] = found
            return False
        self._made[seat] += 1
        if found is None or self._runner.move(seat, found) is not None:
            self._refused[agent] += 1
        return True

    def _play_on(self) -> None:
        """Ask the bots, and close phases, until an agent has something to decide or the game is over."""
        runner = self._runner
        while runner.state.game.status == "running":
            runner.ask([player for player in runner.in_turn() if player.seat in self._bots], self._pass)
            self._pass += 1
            waits = not all(self._is_done(seat) for seat in self._seats.values())
            if all_ready(runner.state) or (not waits and self._pass >= PASSES):
                runner.close()
                self._pass = 0
                self._made = dict.fromkeys(self._made, 0)
                self._sayings.clear()
            elif waits:
                return

    def _is_done(self, seat: int) -> bool:
        return self._made[seat] > MOVES or self.game.all(Seat)[seat].done

    # -- what agents are told

    def _observed(self) -> dict[str, Observed]:
        numbers = self._sheets.filled()
        found: dict[str, Observed] = {}
        for agent in self.agents:
            seat = self._seats[agent]
            mask = self._mask(agent)
            self.layout.write_saying(numbers[seat], self._sayings.get(seat, NOTHING_SAID), seat)
            found[agent] = {"observation": numbers[seat], "action_mask": mask}
            if self._with_entities:
                found[agent]["entities"], found[agent]["entity_mask"] = self.layout.entities(numbers[seat])
        return found

    def _mask(self, agent: str) -> Mask:
        """Return what an agent may say next; a move that others have made impossible is taken back."""
        seat = self._seats[agent]
        if self._made[seat] >= MOVES or self._is_done(seat):
            return self.actions.only_ready()
        saying = self._sayings.get(seat)
        if saying is not None:
            mask = self.actions.mask(self.game, seat, saying)
            if mask.any():
                return mask
            del self._sayings[seat]
            self._refused[agent] += 1
        return self.actions.mask(self.game, seat)

    def _infos(self) -> dict[str, dict[str, Any]]:
        game = self.game.game
        found = {}
        for agent in self.agents:
            said = self._sayings.get(self._seats[agent], NOTHING_SAID)
            found[agent] = {
                "season": game.season,
                "phase": game.phase,
                "said": (said.command, *said.args.items()) if said.command else (),
                "refused": self._refused[agent],
            }
        return found

    def _rewards(self, *, over: bool) -> dict[str, float]:
        before, now = self._scores, self._all_scores()
        self._scores = now
        return {
            agent: reward_of(self._reward, seat, self._peers[seat], before, now, over=over)
            for agent, seat in self._seats.items()
            if agent in self.agents
        }

    def scores(self) -> dict[str, int]:
        """Return each agent's score as the last season left it, or at the end."""
        return {agent: self._score(seat) for agent, seat in self._seats.items()}

    def _all_scores(self) -> dict[int, int]:
        return {seat: self._score(seat) for seat in range(1, len(self._roles) + 1)}

    def _score(self, seat: int) -> int:
        score = self.game.find(Score, seat)
        if score is None:
            return 0
        return score.final if score.final is not None else score.standings[-1] if score.standings else 0

    def render(self) -> str | None:
        """Return the room as text, or print it, as `render_mode` says: season, phase, each seat's role and score."""
        if self.render_mode is None or not hasattr(self, "_runner"):
            return None
        state = self.game
        lines = [f"{state.scenario.name}: season {state.game.season} of {state.game.seasons}, {state.game.phase}"]
        for seat in state.all(Seat).values():
            plays = "learns" if seat.id in self._seats.values() else "bot"
            ready = "  ready" if seat.done else ""
            lines.append(f"{seat.id:>3} {seat.role:<10}{plays:<8}{self._score(seat.id):>6}{ready}")
        text = "\n".join(lines)
        if self.render_mode == "human":
            print(text)  # noqa: T201  (that is what this mode is for)
            return None
        return text

    def close(self) -> None:
        """Close the room; there is nothing to let go of."""

    # -- copies

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return the same game, to be played on apart from this one: what tree search asks for."""
        found = memo[id(self)] = object.__new__(type(self))  # `copy.copy` would play it again, as pickling does
        found.__dict__.update(self.__dict__)
        found.__dict__.update(_done=[*self._done], agents=[*self.agents])
        if hasattr(self, "_runner"):
            runner = self._runner.copy()
            found.__dict__.update(_runner=runner, _sheets=self._sheets_of(runner))
            for name in ("_made", "_sayings", "_scores", "_refused"):
                found.__dict__[name] = dict(self.__dict__[name])
        return found

    def __getstate__(self) -> dict[str, Any]:
        """Return how the environment was made and what was done in it since the last `reset`: that is the whole game.

        Raises:
            TypeError: the scenario was built by the caller, so that nobody else could find it.
        """
        if isinstance(self._given, Scenario):
            raise TypeError("scenario: expected a name or a path, which can be pickled, not a built scenario")
        kept = (
            "_given",
            "_roles",
            "_seats",
            "_bots",
            "_peers",
            "_reward",
            "_with_entities",
            "_policies",
            "render_mode",
        )
        return {
            **{name: self.__dict__[name] for name in (*kept, "_seed", "_game", "_done", "possible_agents")},
            "was_reset": hasattr(self, "_runner"),
        }

    def __setstate__(self, kept: dict[str, Any]) -> None:
        """Play the game again to where it was."""
        done, was_reset = kept.pop("_done"), kept.pop("was_reset")
        self.__dict__.update(kept)
        self._scenario, self._done, self.agents = scenario_of(self._given), [], []
        self._lay_out()
        if was_reset:
            mode, self.render_mode, self._game = self.render_mode, None, self._game - 1
            self.reset()
            for said in done:
                self.step(said)
            self.render_mode = mode
