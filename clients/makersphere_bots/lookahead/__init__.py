"""The policy `lookahead`: tries what else it might do on imagined copies of the game, and does what brings it most.

What the standard bot would do is compared with a few variations of it (`variations`). Each is played out in the same
imagined worlds, by standard bots to the end, and scored by what the seat would have then; the weaker half is dropped
again and again, and the best is done only where it is surely better than the standard answer. Who hands it no
simulator has a standard bot.

It draws the names of its worlds from its own stream and nothing else, and learns of what others hold only what the
simulator may imagine: what the seat itself could.

Source: Bertsekas, Tsitsiklis and Wu 1997 (rollout); Karnin, Koren and Somekh 2013 (sequential halving); Cowling, Powley
and Whitehouse 2012 (determinization).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import sqrt
from statistics import fmean, stdev
from typing import Final

import attrs

from makersphere_bots.legal import Form
from makersphere_bots.lookahead.simulator import Imagined, Simulator
from makersphere_bots.lookahead.variations import variations
from makersphere_bots.policy import Move, View
from makersphere_bots.standard import Standard

__all__ = ["Foresight", "Lookahead"]

_MORE: Final = 4  # times as many worlds for the best as for all


@attrs.frozen
class Foresight:
    """How far and how closely somebody looks.

    Attributes:
        worlds: in how many imagined worlds every answer is tried at first; the best in four times as many.
        seasons: how far each is played, this season included.
        doubt: by how many standard errors an answer must be better than the standard one.
        changes: how many variations of the standard answer may be laid one upon the other.
    """

    worlds: int = 3
    seasons: int = 4
    doubt: float = 1.5
    changes: int = 2


@attrs.define
class _Answer:
    moves: list[Move]
    scores: list[float] = attrs.field(factory=list)


class Lookahead:
    """Plays as the standard bot where looking ahead finds nothing better."""

    def __init__(self, foresight: Foresight = Foresight(), simulator: Simulator | None = None) -> None:
        """Take on a foresight, and a simulator if there is one."""
        self._foresight = foresight
        self._simulator = simulator
        self._sound = Standard()

    def handed(self, simulator: Simulator) -> Lookahead:
        """Return the same with a simulator."""
        return Lookahead(self._foresight, simulator)

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the answer that is surely best among those that it has tried."""
        moves = self._sound.choose(view, legal, rng)
        if self._simulator is None:
            return moves
        root, worlds = f"{rng.getrandbits(64):x}", list[Imagined]()
        answer = _Answer(moves)
        for _ in range(self._foresight.changes):
            others = [_Answer(one) for one in variations(view, legal, answer.moves)]
            better = self._better(answer, others, worlds, partial(_imagined, self._simulator, root))
            if better is answer:
                break
            answer = better
        return answer.moves

    def _better(
        self, sound: _Answer, others: list[_Answer], worlds: list[Imagined], imagine: Callable[[int], Imagined]
    ) -> _Answer:
        """Return the answer that surely gains most over the sound one; the sound one itself where none gains."""
        fewest, most = self._foresight.worlds, _MORE * self._foresight.worlds
        count = fewest
        while others:
            worlds += [imagine(number) for number in range(len(worlds), count)]
            for answer in (sound, *others):
                self._try(answer, worlds[:count])
            if count == most:
                return max((sound, *others), key=lambda answer: self._gain(answer, sound))
            others = _better_half([one for one in others if self._gain(one, sound, surely=False) > 0])
            count = min(2 * count, most)
        return sound

    def _try(self, answer: _Answer, worlds: Sequence[Imagined]) -> None:
        """Play an answer in all worlds in which it has not been tried."""
        for world in worlds[len(answer.scores) :]:
            score = world.play_out(answer.moves, self._sound, self._sound, self._foresight.seasons)
            answer.scores.append(score)

    def _gain(self, answer: _Answer, sound: _Answer, *, surely: bool = True) -> float:
        """Return what an answer gains over the sound one, surely or at best, on the mean of the worlds.

        The sound answer gains 0 over itself.
        """
        more = [one - other for one, other in zip(answer.scores, sound.scores, strict=False)]
        doubt = self._foresight.doubt * stdev(more) / sqrt(len(more)) if len(more) > 1 else 0.0
        return fmean(more) - doubt if surely else fmean(more) + doubt


def _imagined(simulator: Simulator, root: str, number: int) -> Imagined:
    return simulator.imagine(f"{root}|{number}")


def _better_half(answers: list[_Answer]) -> list[_Answer]:
    """Return the better half of some answers."""
    return sorted(answers, key=lambda one: -fmean(one.scores))[: (len(answers) + 1) // 2]
