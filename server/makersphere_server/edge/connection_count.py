"""How many connections there are, in all and from each address, and which address one has.

Answers whether one more may come. Behind a web server an address is what that one says, if it is one of ours; where
what it says cannot be right, the log says so once. Connections that are still making their request are counted too,
with a little room beside the others for the pages and for monitoring. Addresses are counted, never stored or logged.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Iterable
from typing import Final

import structlog

from makersphere_server import metrics
from makersphere_server.limits import Limits

__all__ = ["ConnectionCount", "address_of", "peer_of"]

_log = structlog.get_logger("makersphere.addresses")

_FOR_PAGES: Final = 256  # connections beside those that play: they ask for a page


class ConnectionCount:
    """Counts connections."""

    def __init__(self, limits: Limits, proxies: Iterable[str] = ()) -> None:
        """Begin with nobody.

        Args:
            limits: the server's bounds.
            proxies: peers that many others come through; they are not counted as one.
        """
        self.proxies = frozenset(str(ipaddress.ip_address(one)) for one in proxies)
        self._limits = limits
        self._peers: Counter[str] = Counter()
        self._players: Counter[str] = Counter()
        self._complaints: set[str] = set()

    def address(self, peer: str, forwarded: Iterable[str]) -> str:
        """Return where a connection comes from, and log once of each kind what a web server in front does wrong.

        Args:
            peer: the other end of the connection.
            forwarded: the values of its `X-Forwarded-For` headers.
        """
        hops = _hops(forwarded)
        if hops and peer not in self.proxies:
            self._complain("proxy_not_named", "X-Forwarded-For is believed of those in `proxies` alone")
        elif hops and not _as_address(hops[-1]):
            self._complain("proxy_names_nobody", "X-Forwarded-For has to have the address that people come from")
        return address_of(peer, hops, self.proxies)

    def _complain(self, event: str, why: str) -> None:
        if event not in self._complaints:
            self._complaints.add(event)
            _log.warning(event, why=why)

    def come(self, peer: str) -> bool:
        """Count a connection; return whether it may make its request."""
        self._peers[peer] += 1
        if self._peers.total() > self._limits.most_connections + _FOR_PAGES:
            return _refused("most_connections")
        if peer not in self.proxies and self._peers[peer] > self._limits.most_per_address + _FOR_PAGES:
            return _refused("most_per_address")
        return True

    def go(self, peer: str) -> None:
        """Count a connection as gone."""
        _less(self._peers, peer)

    def enter(self, address: str) -> bool:
        """Count a connection that is to play; return whether it may."""
        self._players[address] += 1
        if self._players.total() > self._limits.most_connections:
            return _refused("most_connections")
        if self._players[address] > self._limits.most_per_address:
            return _refused("most_per_address")
        return True

    def leave(self, address: str) -> None:
        """Count a connection that played as gone."""
        _less(self._players, address)


def _refused(bound: str) -> bool:
    metrics.LIMITED.labels(bound).inc()
    return False


def _less(counts: Counter[str], key: str) -> None:
    counts[key] -= 1
    if counts[key] <= 0:
        del counts[key]


def address_of(peer: str, forwarded: Iterable[str], proxies: frozenset[str]) -> str:
    """Return where a connection comes from: the last address on its way that is not one of our proxies.

    What is no address says nothing: then it comes from whoever said so.

    Args:
        peer: the other end of the connection.
        forwarded: the values of its `X-Forwarded-For` headers.
        proxies: addresses whose `X-Forwarded-For` is believed.
    """
    hops = _hops(forwarded)
    while peer in proxies and hops:
        peer, said = _as_address(hops.pop()), peer
        if not peer:
            return said
    return peer


def _hops(forwarded: Iterable[str]) -> list[str]:
    return [hop.strip() for value in forwarded for hop in value.split(",") if hop.strip()]


def _as_address(hop: str) -> str:
    """Return an address as it is usually written, or "" of what is none."""
    try:
        return str(ipaddress.ip_address(hop))
    except ValueError:
        return ""


def peer_of(transport: asyncio.BaseTransport) -> str:
    """Return the address at the other end, or "" without one; a socket of both families has `::ffff:` before IPv4."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]).removeprefix("::ffff:") if isinstance(peer, tuple) else ""
