"""Any scenario as a PettingZoo parallel environment: learners play seats, policies play the others.

| | |
|---|---|
| agents | `seat_N`, the seats that learn; all unless `learners` says which |
| step | every agent that is not ready makes one move; then come the bots; when all are ready the phase closes |
| actions | `Discrete`: 0 is *ready*, the others are what `actions.py` says; what the mask forbids does nothing |
| observation | `{"observation": Box, "action_mask": Box}`: what `observations.py` says, no secret among it |
| reward | what the seat's score has risen by, in hundreds, told as each season ends; together: the final score ÷ 100 |
| end | all agents terminate together when the game is over; nobody is eliminated from it before |
| infos | `season`, `phase`, and `refused`: how many of the agent's moves came to nothing so far |

A phase closes after `PASSES` steps although seats are not ready, as the clock of a room closes it. Agents move in the
order of the season's lots, then bots. The same seed gives the same game to the same actions. `options` of `reset` are
not used. Of the extra `rl`.

Source: PettingZoo's Parallel API (Terry et al. 2021).
Versions: `makersphere_v0`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

import numpy as np
from gymnasium.spaces import Box, Dict, Discrete
from pettingzoo import ParallelEnv

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, PASSES, Policies, Runner
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.learning.actions import Actions, Mask
from makersphere_playtest.learning.observations import HIGHEST, LOWEST, Layout, Observation, Sheets
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.engine import all_ready, legal, seating
from makersphere_rules.forms import Form
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import Seat, State

__all__ = ["Environment", "Observed"]

Observed = dict[str, Observation | Mask]
_UNIT: Final = 100  # points of score to one of reward


class Environment(ParallelEnv[str, Observed, int]):  # type: ignore[misc]  # PettingZoo carries no types
    """One room in memory.

    Args:
        scenario: the name of a shipped one, or one that was built.
        seats: how many, or the role of each.
        learners: the seats that are agents; all if it is left out.
        policies: who plays the others: by seat, by role, or under `headless.ANY`; the standard bot if left out.
        render_mode: `ansi` for `render` as text.

    Raises:
        KeyError: there is no such scenario.
        ValueError: a learner has no such seat, or `render_mode` is not in `metadata["render_modes"]`.
    """

    metadata: ClassVar[dict[str, Any]] = {
        "name": "makersphere_v0",
        "render_modes": ["ansi"],
        "is_parallelizable": True,
    }

    def __init__(
        self,
        scenario: str | Scenario = "classroom",
        seats: int | tuple[str, ...] = 12,
        *,
        learners: Iterable[int] | None = None,
        policies: Policies | None = None,
        render_mode: str | None = None,
    ) -> None:
        """Lay out spaces; `reset` opens the room."""
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f"render_mode: expected ansi or None, not {render_mode!r}")
        self.render_mode = render_mode
        self._scenario = shipped.scenario(scenario) if isinstance(scenario, str) else scenario
        self._roles = seating(self._scenario, seats) if isinstance(seats, int) else tuple(seats)
        chosen = sorted(set(range(1, len(self._roles) + 1) if learners is None else learners))
        if not chosen or not 1 <= chosen[0] <= chosen[-1] <= len(self._roles):
            raise ValueError(f"learners: expected seats from 1 to {len(self._roles)}, not {chosen}")
        self._seats = {f"seat_{seat}": seat for seat in chosen}
        self._policies: Policies = {ANY: Standard()} if policies is None else policies
        self.layout = Layout(self._scenario, len(self._roles))
        self.actions = Actions(self._scenario)
        self._seed, self._game = secrets.randbits(32), -1
        self.possible_agents = list(self._seats)
        self.agents: list[str] = []
        self._observation_spaces = {agent: self._space_of_observations() for agent in self._seats}
        self._action_spaces = {agent: Discrete(self.actions.size) for agent in self._seats}

    # -- spaces

    def _space_of_observations(self) -> Dict:
        numbers = Box(LOWEST, HIGHEST, (self.layout.size,), np.float32)
        return Dict({"observation": numbers, "action_mask": Box(0, 1, (self.actions.size,), np.int8)})

    def observation_space(self, agent: str) -> Dict:
        """Return the space of an agent's observations."""
        return self._observation_spaces[agent]

    def action_space(self, agent: str) -> Discrete[np.int64]:
        """Return the space of an agent's actions."""
        return self._action_spaces[agent]

    @property
    def state(self) -> State:
        """Return the game's state, secrets and all: for those who study it, never for a learner."""
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
        self._runner = Runner(
            self._scenario, self._roles, game_seed(self._seed, self._game), self._policies, keep=False
        )
        self._bots = {player.seat for player in self._runner.players} - {*self._seats.values()}
        self._forms = {player.seat: player.legal for player in self._runner.players}
        self._sheets = Sheets(self.layout, self._runner.views, self._seats.values())
        self._pass = 0
        self._scores = dict.fromkeys(self._seats, 0)
        self._refused = dict.fromkeys(self._seats, 0)
        self.agents = list(self._seats)
        self._runner.start()
        self._play_on()
        return self._observed(), self._infos()

    def step(
        self, actions: Mapping[str, int]
    ) -> tuple[dict[str, Observed], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Let every agent make its move and the bots theirs, and go on to where an agent has something to decide.

        Raises:
            IndexError: an action's number is out of the agent's range.
            KeyError: an agent is not in `agents`.
        """
        places = {player.seat: place for place, player in enumerate(self._runner.in_turn())}
        for agent in sorted(actions, key=lambda agent: places[self._seats[agent]]):
            self._move(agent, int(actions[agent]))
        self._pass += 1
        self._play_on()
        told = self.agents
        over = self._runner.state.game.status == "over"
        rewards = {agent: self._reward(agent) for agent in told}
        found = self._observed(), rewards, dict.fromkeys(told, over), dict.fromkeys(told, False), self._infos()
        if over:
            self.agents = []
        return found

    def _move(self, agent: str, action: int) -> None:
        seat = self._seats[agent]
        if self._is_done(seat):
            return
        move = self.actions.move(action, self._forms[seat])
        if move is None or self._runner.move(seat, move) is not None:
            self._refused[agent] += 1

    def _play_on(self) -> None:
        """Ask the bots, and close phases, until an agent has something to decide or the game is over."""
        runner = self._runner
        while runner.state.game.status == "running":
            runner.ask([player for player in runner.in_turn() if player.seat in self._bots], self._pass)
            if self._pass == PASSES or all_ready(runner.state):
                runner.close()
                self._pass = 0
            elif all(self._is_done(seat) for seat in self._seats.values()):
                self._pass += 1
            else:
                return

    def _is_done(self, seat: int) -> bool:
        return self._runner.state.all(Seat)[seat].done

    def _legal(self, seat: int) -> dict[str, Form]:
        return {} if self._is_done(seat) else legal(self._runner.state, seat)

    # -- what agents are told

    def _observed(self) -> dict[str, Observed]:
        numbers = self._sheets.filled()
        found: dict[str, Observed] = {}
        for agent in self.agents:
            seat = self._seats[agent]
            found[agent] = {"observation": numbers[seat], "action_mask": self.actions.mask(self._legal(seat))}
        return found

    def _infos(self) -> dict[str, dict[str, Any]]:
        game = self._runner.state.game
        return {
            agent: {"season": game.season, "phase": game.phase, "refused": self._refused[agent]}
            for agent in self.agents
        }

    def _reward(self, agent: str) -> float:
        before, now = self._scores[agent], self._score(self._seats[agent])
        self._scores[agent] = now
        return (now - before) / _UNIT

    def scores(self) -> dict[str, int]:
        """Return each agent's score as the last season left it, or at the end."""
        return {agent: self._score(seat) for agent, seat in self._seats.items()}

    def _score(self, seat: int) -> int:
        score = self._runner.state.find(Score, seat)
        if score is None:
            return 0
        return score.final if score.final is not None else score.standings[-1] if score.standings else 0

    def render(self) -> str | None:
        """Return the room as text where `render_mode` is `ansi`: season, phase, and each seat's role and score."""
        if self.render_mode is None or not hasattr(self, "_runner"):
            return None
        state = self._runner.state
        lines = [f"{state.scenario.name}: season {state.game.season} of {state.game.seasons}, {state.game.phase}"]
        for seat in state.all(Seat).values():
            plays = "learns" if seat.id in self._seats.values() else "bot"
            ready = "  ready" if seat.done else ""
            lines.append(f"{seat.id:>3} {seat.role:<10}{plays:<8}{self._score(seat.id):>6}{ready}")
        return "\n".join(lines)

    def close(self) -> None:
        """Close the room; there is nothing to let go of."""
