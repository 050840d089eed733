"""Why a server is not reached, as a refusal: its certificate is not good, it speaks no TLS, or nobody is there.

Asked once more, when all tries have failed: a handshake alone, by which nothing is sent.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from makersphere_cli.speech.trouble import Trouble
from makersphere_clients.terminal.address import Address

__all__ = ["handshake", "not_reached"]

_PATIENCE_S: Final = 5.0
# what OpenSSL calls X509_V_ERR_*
_OF_CERTIFICATE: Final = MappingProxyType({9: "not_yet", 10: "over", 62: "name", 64: "name"})


def not_reached(where: Address) -> Trouble:
    """Return what to say of a server that no connection led to."""
    parts = urlsplit(where.url)
    why, _ = handshake(parts.hostname or "", parts.port or 443) if parts.scheme == "wss" else ("", {})
    return Trouble(f"join_tls_{why}" if why else "join_no_server", server=where.server)


def handshake(host: str, port: int) -> tuple[str, Mapping[str, object]]:
    """Return why nobody can speak TLS with a server, "" where that is not it; and its certificate where it is good.

    The reason is the end of a key, `join_tls_*`; the certificate is told as `ssl` tells it.
    """
    try:
        with (
            socket.create_connection((host, port), _PATIENCE_S) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as encrypted,
        ):
            return "", dict(encrypted.getpeercert() or {})
    except ssl.SSLCertVerificationError as error:
        return _OF_CERTIFICATE.get(error.verify_code, "unknown"), {}
    except ssl.SSLError:
        return "none", {}
    except (OSError, ValueError):
        return "", {}
