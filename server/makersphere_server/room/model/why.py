"""Why a finished game went as it did, as far as it has been told: moments, made outside of the room as they come.

Answers what of it everybody may see, and what is stored with the room. Nothing of it is there while a game runs: a room
that goes on from a shorter history forgets it. A moment has seats by number and nobody's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

import attrs
import msgspec

__all__ = ["KEY", "Why", "WhyMoved"]

KEY: Final = "why"  # of the private values
FAILED, MAKING, WAITING, WHOLE = "failed", "making", "waiting", "whole"
Tree = dict[str, Any]


@attrs.frozen(eq=False, kw_only=True)
class WhyMoved:
    """The telling of why has moved on, in the inbox.

    Attributes:
        status: `waiting`, `making`, `whole` or `failed`.
        of: how many moments there will be; 0: not known yet.
        moment: one that has been made, with its `number`.
    """

    status: str
    of: int = 0
    moment: Mapping[str, Any] | None = None


@attrs.define(eq=False)
class Why:
    """What has been told of one room's game.

    Attributes:
        moments: by number.
        of: how many there will be; 0: not known yet.
        status: `waiting`, `making`, `whole`, `failed`, or "" where nobody has begun.
    """

    moments: Tree = attrs.field(factory=dict)
    of: int = 0
    status: str = ""
    _is_unsaved: bool = False

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values have; what was not told to its end is begun again."""
        found = private.get(KEY)
        if not found:
            return cls()
        told = msgspec.json.decode(found)
        return cls(told["moments"], told["of"], WHOLE if told["whole"] else "")

    @property
    def is_open(self) -> bool:
        """Return whether something is still to be told."""
        return self.status not in (WHOLE, FAILED)

    def move(self, moved: WhyMoved) -> None:
        """Take in how far it is."""
        if moved.of and self.of not in (0, moved.of):
            self.moments = {}  # other rules of telling have made other moments
        self.status, self.of = moved.status, moved.of or self.of
        if moved.moment is not None:
            self.moments[str(moved.moment["number"])] = dict(moved.moment)
        self._is_unsaved |= moved.moment is not None or moved.status == WHOLE

    def forget(self) -> None:
        """Forget all of it: the game is not over any more."""
        self._is_unsaved |= bool(self.moments) or self.status == WHOLE
        self.moments, self.of, self.status = {}, 0, ""

    def store_again(self) -> None:
        """Have it stored with the next write, whatever the store has."""
        self._is_unsaved = bool(self.moments) or self.status == WHOLE

    def take_unsaved(self) -> dict[str, bytes | None]:
        """Return the private value that is to be stored, if it has changed."""
        if not self._is_unsaved:
            return {}
        self._is_unsaved = False
        if not self.moments and self.status != WHOLE:
            return {KEY: None}
        told = {"moments": self.moments, "of": self.of, "whole": self.status == WHOLE}
        return {KEY: msgspec.json.encode(told)}

    def tree(self) -> Tree:
        """Return it as it stands on the table of a game that is over."""
        tree: Tree = {"why_progress": {"status": self.status, "of": self.of}} if self.status else {}
        return tree | {"why": dict(self.moments)} if self.moments else tree
