"""Who may host a room: its founder, and whoever was invited, by the ids of their tokens.

Answers whose a host's token is, what that host may do, and what of it is stored, beside the log. A token that is
replaced opens nothing any more; whoever replaces one gets to know which, so that its connection can be closed. The host
who holds the new one is the same person, and what was sent with the old one stays theirs. A host who was let go keeps
the number and the name under which the log knows what that host has done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_protocol.names import alike

__all__ = [
    "ASSISTANT",
    "KEY",
    "LEAD",
    "RANKS",
    "VISITOR",
    "Host",
    "Hosts",
    "chairs_tree",
    "hosts_in_a_fork",
    "reaches",
    "without_host_names",
]

KEY: Final = "hosts"  # of the private values
LEAD, ASSISTANT, VISITOR = RANKS = ("lead", "assistant", "visitor")  # each may do what those after it may
_MOST_GONE: Final = 100  # are remembered by name


def reaches(rank: str, least: str) -> bool:
    """Return whether a rank may do what takes another one at least."""
    return RANKS.index(rank) <= RANKS.index(least)


@attrs.frozen
class Host:
    """Somebody who may host, by the id of the token; the one who opened the room is its founder.

    Attributes:
        token: "" of somebody who was let go.
        invitation: digest of the command that invited, by which it is known again.
        of_class: hosts the class that the room is a table of, and so the room.
        author: by which this host's commands are known: the id of the first token; "" in a store from before it was
            kept, where `sender` says the token that the host had then.
        number: counts the hosts of a room from 1; nobody gets another one's. 0 in a store from before there were any.
        rank: what this host may do: one of `RANKS`.
        name: as a host has given it, or "".
        code: digest of the code that takes the chair to another device, or "".
        is_by_origin: the token that opens the chair here is one of the room's that this one was forked from.
    """

    token: str = attrs.field(repr=False)
    language: str = "en"
    is_founder: bool = False
    invitation: str = attrs.field(default="", repr=False)
    author: str = attrs.field(default="", repr=False)
    of_class: bool = False
    number: int = 0
    rank: str = LEAD
    name: str = attrs.field(default="", repr=False)
    code: str = attrs.field(default="", repr=False)
    is_by_origin: bool = False

    @property
    def sender(self) -> str:
        """Return by which this host's commands are known, whatever token opens the chair by now."""
        return self.author or self.token

    def renewed(self, token: str) -> Host:
        """Return the same host with another token, which this room has given out."""
        return attrs.evolve(self, token=token, author=self.sender, is_by_origin=False)

    def renewed_by_origin(self, token: str) -> Host:
        """Return the same host with a token of the room that this one was forked from; an older code opens nothing."""
        return attrs.evolve(self, token=token, author=self.sender, code="")

    def may(self, least: str) -> bool:
        """Return whether this host may do what takes a rank at least."""
        return reaches(self.rank, least)


class Hosts:
    """The hosts of one room, in the order in which they came."""

    def __init__(self, hosts: Iterable[Host] = ()) -> None:
        """Begin with some."""
        self._by_number: dict[int, Host] = {}
        self._by_token: dict[str, Host] = {}
        for host in hosts:
            self._put(host)

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return the hosts that a room's private values have."""
        found = private.get(KEY)
        return cls(msgspec.json.decode(found, type=list[Host]) if found else ())

    def to_store(self) -> dict[str, bytes]:
        """Return the private value in which they are kept."""
        return {KEY: msgspec.json.encode(list(self._by_number.values()))}

    def __len__(self) -> int:
        """Return how many there are; who was let go does not count."""
        return len(self._by_token)

    def __contains__(self, token: str) -> bool:
        """Return whether a token, by its id, is a host's."""
        return token in self._by_token

    def __iter__(self) -> Iterator[Host]:
        """Yield them in the order in which they came, but for those who were let go."""
        return iter([host for host in self._by_number.values() if host.token])

    def everybody(self) -> list[Host]:
        """Return all who host or have hosted."""
        return list(self._by_number.values())

    def find(self, token: str) -> Host | None:
        """Return the host whom a token belongs to, by the token's id."""
        return self._by_token.get(token)

    def find_code(self, code: str) -> Host | None:
        """Return whose chair a code takes to another device, by the code's digest."""
        return next((host for host in self if code and host.code == code), None)

    def find_by_origin(self, number: int, sender: str) -> Host | None:
        """Return the host who is that one of the origin too, and has been given no token here, or None."""
        host = self.get(number)
        return host if host is not None and host.is_by_origin and host.sender == sender else None

    def who_was_let_go(self) -> frozenset[tuple[int, str]]:
        """Return who hosts no more, by number and author."""
        return frozenset((host.number, host.sender) for host in self.everybody() if not host.token)

    def get(self, number: int) -> Host | None:
        """Return the host of a number, who hosts still, or None."""
        host = self._by_number.get(number)
        return host if host is not None and host.token else None

    def has_name(self, name: str) -> bool:
        """Return whether somebody who hosts is called like that, or looks as if."""
        return any(host.name and alike(host.name, name) for host in self)

    def change(self, host: Host) -> None:
        """Put a changed host, known by number, in the place of what that host was."""
        self._put(host)

    def renew(self, host: Host, token: str) -> str:
        """Let a token open somebody's chair; return the id of the token that it replaces."""
        self._put(host.renewed(token))
        return host.token

    def renew_founder(self, token: str) -> list[str]:
        """Let a token be the founder's; return the ids of the tokens that it replaces: one, or none."""
        founder = next((host for host in self if host.is_founder), None)
        if founder is not None:
            return [self.renew(founder, token)]
        self._put(Host(token, is_founder=True))
        return []

    def invited(self, invitation: str) -> Host | None:
        """Return who came by an invitation, let go or not."""
        return next((host for host in self.everybody() if invitation and host.invitation == invitation), None)

    def invite(self, host: Host) -> None:
        """Add a host."""
        self._put(host)

    def let_go(self, host: Host) -> str:
        """Let somebody host no more; return the id of the token that opens nothing any more."""
        self._put(attrs.evolve(host, token="", author=host.sender, code=""))
        gone = [each.number for each in self.everybody() if not each.token]
        for number in gone[:-_MOST_GONE]:
            del self._by_number[number]
        return host.token

    def take_class(self, hosts: Iterable[Host]) -> list[str] | None:
        """Let those host who host the class, and no others of it; return the tokens that open nothing any more.

        None: they host already.
        """
        known = {host.sender: host for host in self if host.of_class}
        wanted = {host.sender: _at_a_table(host, known.get(host.sender)) for host in hosts}
        if known == wanted:
            return None
        for sender, host in known.items():
            if sender not in wanted:
                self.let_go(host)
        for host in wanted.values():
            self._put(host)
        return [host.token for host in known.values() if host.token not in self]

    def _put(self, host: Host) -> None:
        """Keep a host under the number that it has, or under the next one."""
        number = host.number or max(self._by_number, default=0) + 1
        self._by_number[number] = attrs.evolve(host, number=number)
        self._by_token = {host.token: host for host in self}


def chairs_tree(
    hosts: Iterable[Host], here: Collection[int], what_may: Callable[[str], list[str]]
) -> dict[str, dict[str, Any]]:
    """Return who hosts, by number, as their hand has it.

    Args:
        hosts: those who host.
        here: the numbers of those who are connected.
        what_may: returns the commands that a rank may send at all.
    """
    tree: dict[str, dict[str, Any]] = {}
    for host in hosts:
        one = tree[str(host.number)] = {"rank": host.rank}
        if host.rank != LEAD:
            one["may"] = what_may(host.rank)
        one |= {"name": host.name} if host.name else {}
        flags = {"here": host.number in here, "founder": host.is_founder, "of_class": host.of_class}
        one |= {flag: True for flag, is_so in flags.items() if is_so}
    return tree


def _at_a_table(of_class: Host, known: Host | None) -> Host:
    """Return a host of a class as the room of a table keeps it: under a number of its own."""
    number = known.number if known is not None else 0
    return attrs.evolve(of_class, of_class=True, is_founder=False, number=number, invitation="", code="")


def hosts_in_a_fork(stored: bytes) -> bytes:
    """Return hosts as they are stored in a fork, which no class leads: the first who may all is its founder.

    A code of the origin opens nothing there: where a newer one takes its place, the fork does not hear of it.
    """
    known = Hosts.stored({KEY: stored}).everybody()
    hosts = [attrs.evolve(host, of_class=False, is_by_origin=True, code="") for host in known]
    first = next((host for host in hosts if host.token and host.rank == LEAD), None)
    if first is not None and not any(host.is_founder for host in hosts):
        hosts = [attrs.evolve(host, is_founder=host is first) for host in hosts]
    return Hosts(hosts).to_store()[KEY]


def without_host_names(stored: bytes) -> bytes:
    """Return hosts as they are stored, without what they are called."""
    hosts = Hosts(attrs.evolve(host, name="") for host in msgspec.json.decode(stored, type=list[Host]))
    return hosts.to_store()[KEY]
