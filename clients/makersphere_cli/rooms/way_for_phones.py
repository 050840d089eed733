"""What is said of the network when a server starts: which address phones are told, why, and what may be in the way.

Never says anything of a room. A server that only this machine can reach, and one that is in a VPN alone, are warnings.
"""

from __future__ import annotations

import re
import socket
import threading
from typing import Final

from makersphere_cli.speech.words import complain, say
from makersphere_server.app import Running
from makersphere_server.edge.lan_address import Candidate, Reach

__all__ = [
    "page_of_networks",
    "say_what_http_means",
    "say_which_network",
    "short_address",
    "warn_of_network",
    "web_address",
]

_PATIENCE_S: Final = 1.0
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def web_address(server: Running, found: Reach) -> str:
    """Return the address that pages are opened by: a certificate's, the machine's in its network, else `localhost`."""
    if server.settings.tls_cert is not None:
        return server.url
    lan = found.address
    return f"http://{f'[{lan}]' if ':' in lan else lan}:{server.port}" if lan else server.url


def page_of_networks(base: str) -> str:
    """Return the link of the page that says what to do where phones reach nothing."""
    return f"{base}/#/networks"


def short_address(found: Reach, base: str) -> str:
    """Return the address with this machine's own name (mDNS, `NAME.local`), where the system answers to it, else "".

    It waits a second at most: a system without mDNS may ask the whole network first.

    Args:
        found: where phones find this machine; the name has to lead there.
        base: the address of the pages, as it is told.
    """
    name = socket.gethostname().partition(".")[0].lower()
    if not found.address or found.address not in base or not _NAME.fullmatch(name):
        return ""
    led: set[str] = set()
    asking = threading.Thread(target=_resolve, args=(f"{name}.local", led), daemon=True)
    asking.start()
    asking.join(_PATIENCE_S)
    return base.replace(found.address, f"{name}.local") if found.address in led else ""


def _resolve(name: str, led: set[str]) -> None:
    try:
        led |= {str(at[0]) for *_, at in socket.getaddrinfo(name, None, socket.AF_INET)}
    except OSError:  # nobody answers to it
        return


def say_which_network(found: Reach) -> None:
    """Say which of several networks was taken, why, and how to take another; nothing where there is no choice."""
    others = [each for each in found.others if each.kind != "vpn"]
    if not others or found.taken is None:
        return
    print(say("network.taken", network=_named(found.taken), why=say(f"network.why.{found.why}")), flush=True)
    print(say("network.other", networks=", ".join(map(_named, others))), flush=True)


def say_what_http_means(found: Reach, base: str) -> None:
    """Say what links by http show to others in the network and what phones lack by them; nothing where none leads."""
    if found.address and base.startswith("http://"):
        print(say("network.http"), flush=True)


def warn_of_network(found: Reach, base: str) -> None:
    """Warn where phones reach nothing, or may not because of a VPN."""
    if not found.address:
        complain(say("no_network", page=page_of_networks(base)))
    elif found.why == "vpn" and found.taken is not None:
        complain(say("network.vpn", network=_named(found.taken)))
    else:
        for each in found.others:
            if each.kind == "vpn":
                complain(say("network.vpn_beside", network=_named(each)))


def _named(candidate: Candidate) -> str:
    return f"{candidate.address} ({candidate.interface})"
