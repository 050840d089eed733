"""A tree of the views of which no more is made than is read.

Answers kind by kind, each fetched from `lazy_views.py` when it is first read. It knows no state and no secret. It
serves `run.py bench simulate` (ADR 12).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeVar

from makersphere_rules.entity import Entity

__all__ = ["LazyTree"]

Tree = dict[str, Any]
T = TypeVar("T")


class LazyTree(dict[str, Any]):
    """A tree of which each kind is fetched when it is first read; the views drop a kind when it has changed."""

    __slots__ = ("_also", "_fetch", "_kinds", "_made")

    def __init__(self, fetch: Callable[[str], Any], kinds: Iterable[type[Entity]], also: Sequence[str] = ()) -> None:
        """Begin with nothing. `fetch` returns a kind by name, or None; `also` names what is fetched and is no kind."""
        self._fetch = fetch
        self._kinds = kinds
        self._also = also
        self._made: dict[str, dict[Callable[[Tree], Any], Any]] = defaultdict(dict)

    def __missing__(self, kind: str) -> Any:  # noqa: ANN401
        found = self._fetch(kind)
        if found is None:
            raise KeyError(kind)
        self[kind] = found
        return found

    def get(self, kind: str, default: Any = None, /) -> Any:  # noqa: ANN401
        """Return a kind, or `default`."""
        found = dict.get(self, kind)
        if found is not None:
            return found
        found = self._fetch(kind)
        if found is None:
            return default
        self[kind] = found
        return found

    def derived(self, kind: str, make: Callable[[Tree], T]) -> T:
        """Return `make` of a kind; it is kept until the kind is dropped (`run.py bench simulate`; ADR 12)."""
        made = self._made[kind]
        try:
            found: T = made[make]  # almost always
        except KeyError:
            found = made[make] = make(self.get(kind, {}))
        return found

    def drop(self, kind: str) -> None:
        """Forget a kind and what was made of it."""
        self.pop(kind, None)
        self._made.pop(kind, None)

    def current(self) -> Self:
        """Return the tree with every kind made, so that it can be read like any dict."""
        for kind in (*(cls.kind for cls in self._kinds), *self._also):
            self.get(kind)
        return self
