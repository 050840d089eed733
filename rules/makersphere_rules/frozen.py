"""`frozen`: declares what is made by the thousand and never changes: facts and entities.

To type checkers it is `attrs.frozen`, and they refuse an assignment. At run time it leaves out the guard against one,
with which making such an object takes more than twice as long (`run.py bench simulate`; ADR 12). It gives an entity no
slots, so that `changed` can copy its fields as they are. A plain value that is neither fact nor entity (a bound, an
order, a draw, a posting) may be a frozen `msgspec.Struct`, which takes less time yet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

__all__ = ["frozen"]

if TYPE_CHECKING:
    from attrs import frozen
else:
    import attrs

    def frozen(cls: type | None = None, /, **options: object) -> object:
        """Make an attrs class; its base may say with `has_slots` that its fields stand in a dict."""
        if cls is None:
            return partial(frozen, **options)
        options.setdefault("slots", getattr(cls, "has_slots", True))
        return attrs.define(cls, unsafe_hash=True, **options)
