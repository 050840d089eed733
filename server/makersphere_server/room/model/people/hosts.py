"""Who may host a room: its founder, and whoever was invited, by the ids of their tokens.

Answers whose a host's token is, and what of it is stored, beside the log. A token that is replaced opens nothing any
more; whoever replaces one gets to know which, so that its connection can be closed. The host who holds the new one is
the same person, and what was sent with the old one stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self

import attrs
import msgspec

__all__ = ["KEY", "Host", "Hosts"]

KEY: Final = "hosts"  # of the private values


@attrs.frozen
class Host:
    """Somebody who may host, by the id of the token; the one who opened the room is its founder.

    Attributes:
        invitation: digest of the command that invited, by which it is known again.
        of_class: hosts the class that the room is a table of, and so the room.
        author: by which this host's commands are known: the id of the first token; "" in a store from before it was
            kept, where `sender` says the token that the host had then.
    """

    token: str = attrs.field(repr=False)
    language: str = "en"
    is_founder: bool = False
    invitation: str = attrs.field(default="", repr=False)
    author: str = attrs.field(default="", repr=False)
    of_class: bool = False

    @property
    def sender(self) -> str:
        """Return by which this host's commands are known, whatever token opens the chair by now."""
        return self.author or self.token

    def renewed(self, token: str) -> Host:
        """Return the same host with another token."""
        return attrs.evolve(self, token=token, author=self.sender)


class Hosts:
    """The hosts of one room, in the order in which they came."""

    def __init__(self, hosts: Iterable[Host] = ()) -> None:
        """Begin with some."""
        self._by_token = {host.token: host for host in hosts}

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return the hosts that a room's private values have."""
        found = private.get(KEY)
        return cls(msgspec.json.decode(found, type=list[Host]) if found else ())

    def to_store(self) -> dict[str, bytes]:
        """Return the private value in which they are kept."""
        return {KEY: msgspec.json.encode(list(self._by_token.values()))}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_token)

    def __contains__(self, token: str) -> bool:
        """Return whether a token, by its id, is a host's."""
        return token in self._by_token

    def find(self, token: str) -> Host | None:
        """Return the host whom a token belongs to, by the token's id."""
        return self._by_token.get(token)

    def renew_founder(self, token: str) -> list[str]:
        """Let a token be the founder's; return the ids of the tokens that it replaces: one, or none."""
        older = [host for host in self._by_token.values() if host.is_founder]
        return self._replace(older, older[0].renewed(token) if older else Host(token, is_founder=True))

    def invite(self, token: str, language: str, invitation: str) -> list[str]:
        """Add a host; return the ids of the tokens that the same invitation gave before, which it replaces."""
        older = [host for host in self._by_token.values() if host.invitation == invitation]
        return self._replace(older, older[0].renewed(token) if older else Host(token, language, invitation=invitation))

    def take_class(self, hosts: Iterable[Host]) -> list[str] | None:
        """Let those host who host the class, and no others of it; return the tokens that open nothing any more.

        None: they host already.
        """
        wanted = {host.token: attrs.evolve(host, of_class=True, is_founder=False) for host in hosts}
        known = {token: host for token, host in self._by_token.items() if host.of_class}
        if known == wanted:
            return None
        for token in known:
            del self._by_token[token]
        self._by_token.update(wanted)
        return [token for token in known if token not in wanted]

    def __iter__(self) -> Iterator[Host]:
        """Yield them in the order in which they came."""
        return iter(self._by_token.values())

    def _replace(self, older: Iterable[Host], newer: Host) -> list[str]:
        replaced = [self._by_token.pop(host.token).token for host in older]
        self._by_token[newer.token] = newer
        return replaced
