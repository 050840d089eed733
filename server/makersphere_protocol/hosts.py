"""The names of machines: the one place that says which of them a resolver can be asked for."""

from __future__ import annotations

__all__ = ["can_be_host"]


def can_be_host(host: str) -> bool:
    """Return whether a name or an address can be looked up: no part of it is empty, or longer than 63 letters."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return "\0" not in host
