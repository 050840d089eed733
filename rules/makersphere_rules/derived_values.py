"""What is worked out of all entities of a kind and kept until one of them has changed.

Answers which of the kept results still hold when an entity is replaced. It knows no kind and no rule. It serves
`run.py bench simulate` (ADR 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from makersphere_rules.entity import Entity

__all__ = ["Derived"]

Make = Callable[[Iterable[Any]], Any]


class Derived:
    """What has been made of the entities of one kind.

    Attributes:
        known: what was made and still holds, by what made it.
    """

    __slots__ = ("_of_all", "_readers", "known")

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.known: dict[Make, Any] = {}
        self._of_all: dict[Make, None] = {}  # those that read whole entities
        self._readers: dict[str, dict[Make, None]] = {}  # the others, by field

    def keep(self, make: Make, reads: tuple[str, ...], made: Any) -> None:  # noqa: ANN401  (whatever is made)
        """Keep what `make` has made of the fields `reads`, or of all."""
        self.known[make] = made
        if not reads:
            self._of_all[make] = None
        for name in reads:
            self._readers.setdefault(name, {})[make] = None

    def outdate(self, before: Entity | None, after: Entity) -> None:
        """Forget each result that read a field whose value is another now; all results, if the entity is new."""
        if before is None:
            self.known.clear()
        elif self.known:
            for make in self._of_all:
                self.known.pop(make, None)
            old, new = before.__dict__, after.__dict__
            for name, makes in self._readers.items():
                if old[name] is not new[name]:
                    for make in makes:
                        self.known.pop(make, None)
