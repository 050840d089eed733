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
from collections.abc import Mapping, Sequence
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
    """

    worlds: int = 3
    seasons: int = 4
    doubt: float = 1.0


@attrs.define
class _Answer:
    moves: list[Move]
    scores: list[float] = attrs.field(factory=list)


class Lookahead:
    """Plays as the standard bot where looking ahead finds nothing better."""

    def __init__(self, foresight: Foresight = Foresight(), simulator: Simulator | None = None) -> None:
        """Begin with nobody to imagine for it, unless there is."""
        self._foresight = foresight
        self._simulator = simulator
        self._sound = Standard()

    def handed(self, simulator: Simulator) -> Lookahead:
        """Return the same with a simulator."""
        return Lookahead(self._foresight, simulator)

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return the answer that is surely best, as far as it has looked."""
        moves, simulator = self._sound.choose(view, legal, rng), self._simulator
        others = variations(view, legal, moves) if simulator is not None else []
        if simulator is None or not others:
            return moves
        sound, root = _Answer(moves), f"{rng.getrandbits(64):x}"
        answers, worlds = [sound, *map(_Answer, others)], list[Imagined]()
        most = _MORE * self._foresight.worlds
        while len(answers) > 1:
            wanted = min(max(2 * len(worlds), self._foresight.worlds), most)
            worlds += [simulator.imagine(f"{root}|{number}") for number in range(len(worlds), wanted)]
            self._try(answers, worlds)
            if len(worlds) == most:
                break
            answers = _better_half(answers, sound)
        return max(answers, key=lambda answer: self._gain(answer, sound)).moves

    def _try(self, answers: Sequence[_Answer], worlds: Sequence[Imagined]) -> None:
        """Play every answer in all worlds in which it has not been tried."""
        for answer in answers:
            for world in worlds[len(answer.scores) :]:
                score = world.play_out(answer.moves, self._sound, self._sound, self._foresight.seasons)
                answer.scores.append(score)

    def _gain(self, answer: _Answer, sound: _Answer) -> float:
        """Return by how much an answer is surely better than the standard one, world by world; that one: 0."""
        more = [one - other for one, other in zip(answer.scores, sound.scores, strict=True)]
        return fmean(more) - self._foresight.doubt * stdev(more) / sqrt(len(more))


def _better_half(answers: list[_Answer], sound: _Answer) -> list[_Answer]:
    """Return the standard answer and the better half of the others."""
    others = sorted((one for one in answers if one is not sound), key=lambda one: -fmean(one.scores))
    return [sound, *others[: (len(others) + 1) // 2]]
