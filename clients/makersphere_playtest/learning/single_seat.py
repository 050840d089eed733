"""One seat as a Gymnasium environment: one learner among bots, for libraries that know no others.

It takes what `env.Environment` takes, with `seat` in place of `learners`. `action_masks` is what maskable learners ask
for, the name that Stable-Baselines3's contributions use. With `flat=True` an observation is the array alone, for
libraries that want one.
"""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np

from makersphere_playtest.learning.actions import Mask
from makersphere_playtest.learning.env import Environment

__all__ = ["SingleSeat"]


class SingleSeat(gymnasium.Env[Any, np.int64]):
    """One seat of a room in memory; the others are bots.

    Args:
        scenario: as `Environment` takes it.
        seats: as `Environment` takes it.
        seat: the seat that learns.
        flat: observe the array alone; the mask is in `infos` and in `action_masks()` too.
        options: whatever else `Environment` takes.
    """

    metadata = {**Environment.metadata, "render_fps": 1}  # noqa: RUF012  (as Gymnasium declares it)

    def __init__(
        self,
        scenario: Any = "classroom",  # noqa: ANN401  (as `Environment` takes it)
        seats: int | tuple[str, ...] = 12,
        seat: int = 1,
        *,
        flat: bool = False,
        **options: Any,  # noqa: ANN401  (as `Environment` takes them)
    ) -> None:
        """Lay out spaces; `reset` opens the room."""
        self.room = Environment(scenario, seats, learners=(seat,), **options)
        self.render_mode = self.room.render_mode
        self._agent, self._flat = f"seat_{seat}", flat
        space = self.room.observation_space(self._agent)
        self.observation_space = space["observation"] if flat else space
        self.action_space = self.room.action_space(self._agent)
        self._mask: Mask = self.room.actions.only_ready()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Open a new room and start it; the same seed is the same game."""
        super().reset(seed=seed)
        observed, infos = self.room.reset(seed, options)
        return self._told(observed[self._agent], infos[self._agent])

    def step(self, action: np.int64 | int) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Say one part of a move; the bots go on where that was a whole one."""
        agent = self._agent
        observed, rewards, over, cut, infos = self.room.step({agent: int(action)})
        seen, info = self._told(observed[agent], infos[agent])
        return seen, rewards[agent], over[agent], cut[agent], info

    def _told(self, observed: dict[str, Any], info: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        self._mask = observed["action_mask"]
        return (observed["observation"] if self._flat else observed), {**info, "action_mask": self._mask}

    def action_masks(self) -> Mask:
        """Return which parts may be said now."""
        return self._mask

    def render(self) -> Any:  # noqa: ANN401  (text, or nothing where it was printed)
        """Return the room as text, or print it, as `render_mode` says."""
        return self.room.render()
