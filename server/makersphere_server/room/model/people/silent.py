"""Who is connected and silent: asked whether anybody is there, and after a while helped by a bot.

Answers whom to ask, since when each was asked, and whether a bot may play now. A person is silent who has done nothing
in the last phases that asked something of the seat (`log/troubles.py`) and nothing in the open one. Whoever is asked is
told first what follows, and when; whoever then says anything is not asked again in that phase. Nothing of it is stored:
after a restart they are asked anew. Never where a room has bots play for nobody. Source: the contract's "Who plays for
people who are away".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

__all__ = ["ASKED_BEFORE_MS", "HELPED_AFTER_MS", "QUIET_MS", "Silent"]

QUIET_MS: Final = 15_000  # of the open phase: nobody is asked before there was time to do something
HELPED_AFTER_MS: Final = 60_000  # after the question, where the room has bots play after a minute
ASKED_BEFORE_MS: Final = 20_000  # a close at which a bot may play: else nobody has had time to answer

Phase = tuple[int, str]  # season and phase


@attrs.define(eq=False)
class Silent:
    """The silent people of one room, by seat: when they were asked, on the monotonic clock and on the wall clock."""

    _asked: dict[int, tuple[int, int]] = attrs.field(factory=dict)
    _quiet: dict[int, int] = attrs.field(factory=dict)  # since when each has been silent in the open phase
    _spoke: dict[int, Phase] = attrs.field(factory=dict)  # in which phase each has said anything last
    _phase: Phase = (0, "")

    def ask(self, silent: Iterable[int], phase: Phase, now_ms: int, wall_ms: int) -> set[int]:
        """Have these seats be asked, who are silent in the open phase, and no other; return for which that is news."""
        before = self._quiet if phase == self._phase else {}
        asked_no_more = {seat for seat, spoke in self._spoke.items() if spoke == phase}
        self._phase, self._quiet = (
            phase,
            {seat: before.get(seat, now_ms) for seat in silent if seat not in asked_no_more},
        )
        due = [seat for seat, since in self._quiet.items() if seat in self._asked or now_ms - since >= QUIET_MS]
        changed = self._asked.keys() ^ set(due)
        self._asked = {seat: self._asked.get(seat, (now_ms, wall_ms)) for seat in due}
        return changed

    def answered(self, seat: int, phase: Phase) -> bool:
        """Take a seat's word in the open phase that somebody is there; return whether it had been asked."""
        self._spoke[seat] = phase
        return self._asked.pop(seat, None) is not None

    def waited(self, now_ms: int, at_least_ms: int) -> list[int]:
        """Return the seats that were asked so long ago."""
        return [seat for seat, (asked, _) in self._asked.items() if now_ms - asked >= at_least_ms]

    def tree(self, seat: int, *, at_close: bool) -> dict[str, Any]:
        """Return what a seat that is asked is told of when a bot plays; nothing where it is not asked.

        Args:
            seat: which one.
            at_close: it plays at the close of the phase; else at a time on the wall clock.
        """
        if seat not in self._asked:
            return {}
        return {"at_close": True} if at_close else {"deadline": self._asked[seat][1] + HELPED_AFTER_MS}
