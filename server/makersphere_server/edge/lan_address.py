"""The address by which phones find this machine in its network.

Answers what the machine itself says. Sends nothing: only a route is chosen.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Final

__all__ = ["is_own", "lan_address"]

_ANYWHERE: Final = ("203.0.113.1", 9)  # for documentation (RFC 5737): no packet is sent, only a route is chosen


def lan_address(host: str) -> str:
    """Return the address by which other machines reach a server that listens on `host`, or ""."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104  (every network)
        return "" if is_own(host) else host
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_ANYWHERE)
            found = str(probe.getsockname()[0])
    except OSError:  # in no network
        return ""
    return "" if is_own(found) else found


def is_own(host: str) -> bool:
    """Return whether a name or an address leads to this machine alone."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified
