"""The environment under the names by which PettingZoo's tutorials import one: `env`, `raw_env` and `parallel_env`.

`parallel_env` is the environment itself; `raw_env` has one agent act after the other; `env` also says in a sentence
when it is used in the wrong order. Each takes what `env.Environment` takes.
"""

from __future__ import annotations

from typing import Any

from pettingzoo.utils.conversions import parallel_to_aec
from pettingzoo.utils.env import AECEnv
from pettingzoo.utils.wrappers import OrderEnforcingWrapper

from makersphere_playtest.learning.env import Environment

__all__ = ["env", "parallel_env", "raw_env"]

parallel_env = Environment


def raw_env(*args: Any, **options: Any) -> AECEnv[str, Any, int]:  # noqa: ANN401  (as `Environment` takes them)
    """Return the environment with one agent after the other."""
    return parallel_to_aec(Environment(*args, **options))


def env(*args: Any, **options: Any) -> AECEnv[str, Any, int]:  # noqa: ANN401  (as `Environment` takes them)
    """Return the environment with one agent after the other, with sentences for what is used in the wrong order."""
    return OrderEnforcingWrapper(raw_env(*args, **options))
