"""What a learner may be rewarded for, each from the scores as everybody reads them; in hundreds of points, or a share.

| | |
|---|---|
| `score` | what the seat's own score has risen by, as each season ends: together the final score ÷ 100 |
| `final` | the final score ÷ 100, once, at the end |
| `margin` | what it has risen by more than the mean of the role's other seats; sums to 0 over the role |
| `place` | at the end: the share of the role's other seats that it beats, less the share that beats it |

A seat without others of its role has nothing to be compared with: `margin` and `place` are refused for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

__all__ = ["REWARDS", "Reward", "peers_of", "reward_of"]

Reward = Literal["score", "final", "margin", "place"]
REWARDS: Final[tuple[Reward, ...]] = get_args(Reward)
_UNIT: Final = 100  # points of score to one of reward
_COMPARED: Final = ("margin", "place")


def peers_of(seat: int, roles: Sequence[str], reward: Reward) -> tuple[int, ...]:
    """Return the other seats of a seat's role.

    Raises:
        ValueError: there is no such reward, or it compares and there are no others.
    """
    if reward not in REWARDS:
        raise ValueError(f"reward: expected one of {', '.join(REWARDS)}, not {reward!r}")
    peers = tuple(other for other, role in enumerate(roles, 1) if role == roles[seat - 1] and other != seat)
    if not peers and reward in _COMPARED:
        raise ValueError(f"reward: expected score or final for seat {seat}, the only {roles[seat - 1]}, not {reward!r}")
    return peers


def reward_of(
    reward: Reward,
    seat: int,
    peers: Sequence[int],
    before: Mapping[int, int],
    now: Mapping[int, int],
    *,
    over: bool,
) -> float:
    """Return what a seat is rewarded with for one step.

    Args:
        reward: for what.
        seat: whom.
        peers: the others of its role.
        before: the score of each seat before the step.
        now: the score of each seat after it.
        over: whether the game ended with it.
    """
    risen = now[seat] - before[seat]
    match reward:
        case "score":
            return risen / _UNIT
        case "final":
            return now[seat] / _UNIT if over else 0.0
        case "margin":
            return (risen - sum(now[other] - before[other] for other in peers) / len(peers)) / _UNIT
        case "place":
            signs = [(now[seat] > now[other]) - (now[seat] < now[other]) for other in peers]
            return sum(signs) / len(peers) if over else 0.0
