"""The address of an MQTT broker, as `--mqtt` has it.

Answers the broker's host and port, whether the connection is by TLS, and whether the broker is to be started beside
the server. Never holds a name or a password: those are settings of their own, so that no URL that is shown or logged
has one.
"""

from __future__ import annotations

import re
from typing import Final, Self
from urllib.parse import urlsplit

import attrs

from makersphere_protocol.hosts import can_be_host

__all__ = ["PREFIX_FORM", "Address", "Misread"]

_EMBEDDED: Final = "embedded"
PREFIX_FORM: Final = re.compile(r"[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,64}){0,7}")
_PORTS: Final = {"mqtt": 1883, "mqtts": 8883, _EMBEDDED: 1883}
_LOOPBACK: Final = "127.0.0.1"


class Misread(ValueError):
    """A URL leads to no broker; `needs` names what it has to be: `mqtt_url` or `mqtt_no_password`."""

    def __init__(self, needs: str) -> None:
        """Keep what is needed. The URL is not repeated, since it may hold a password."""
        super().__init__(needs)
        self.needs = needs


@attrs.frozen
class Address:
    """Where a broker is, or is to be."""

    scheme: str
    host: str
    port: int

    @classmethod
    def read(cls, typed: str) -> Self:
        """Return the broker of a URL `mqtt://HOST[:PORT]`, `mqtts://...`, `embedded` or `embedded://HOST[:PORT]`.

        Raises:
            Misread: what was typed is no such URL, or holds a name or a password.
        """
        if typed == _EMBEDDED:
            return cls(_EMBEDDED, _LOOPBACK, _PORTS[_EMBEDDED])
        try:
            url = urlsplit(typed)
            port = url.port
        except ValueError:
            raise Misread("mqtt_url") from None
        if "@" in typed:
            raise Misread("mqtt_no_password")
        rest = url.path.removeprefix("/") + url.query + url.fragment
        if url.scheme not in _PORTS or not url.hostname or rest or re.search(r"\s", typed):
            raise Misread("mqtt_url")
        if not can_be_host(url.hostname) or (port == 0 and url.scheme != _EMBEDDED):
            raise Misread("mqtt_url")
        return cls(url.scheme, url.hostname, _PORTS[url.scheme] if port is None else port)

    @property
    def is_embedded(self) -> bool:
        """Return whether the broker is to be started beside the server."""
        return self.scheme == _EMBEDDED

    @property
    def is_tls(self) -> bool:
        """Return whether the connection is by TLS."""
        return self.scheme == "mqtts"

    def __str__(self) -> str:
        """Return the address as people may see it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.is_tls else 'mqtt'}://{host}:{self.port}"
