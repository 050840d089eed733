"""Where people come from, and who gives way where one address has taken most of what all of them share.

Answers what counts as one address, and whose place somebody from another address gets. A whole school may come from
one, so no address has a bound of its own: it has as much as there is until somebody comes from elsewhere. Addresses are
compared, never stored or logged. Source: max-min fairness (Bertsekas and Gallager, *Data Networks*, section 6.5.2).
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Sequence

__all__ = ["network", "who_gives_way"]


def network(address: str) -> str:
    """Return the part of an address that one household has: all of an IPv4 address, half of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return address


def who_gives_way(holders: Sequence[str], newcomer: str) -> int | None:
    """Return whose place goes to a newcomer where all places are taken: the newest of the address that has most.

    Args:
        holders: the network of whoever has each place, the oldest first.
        newcomer: the network of whoever comes.

    Returns:
        The index of that place; None: no address would have as many as the newcomer's even then.
    """
    held = Counter(holders)
    most = max(held, key=lambda one: held[one], default=newcomer)
    if held[most] < held[newcomer] + 2:
        return None
    return max(place for place, holder in enumerate(holders) if holder == most)
