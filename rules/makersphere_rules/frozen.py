"""`frozen`: declares what is made by the thousand and never changes: facts and entities.

To type checkers it is `attrs.frozen`, and they refuse an assignment. At run time it leaves out the guard against
one, with which making such an object takes more than twice as long. A plain value that is neither (a bound, an order, a
draw, a posting) may be a frozen `msgspec.Struct`, which takes less time yet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

__all__ = ["frozen"]

if TYPE_CHECKING:
    from attrs import frozen
else:
    import attrs

    frozen = partial(attrs.define, unsafe_hash=True)
