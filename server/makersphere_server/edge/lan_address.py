"""The address by which phones find this machine in its network.

Answers what the machine itself says: its interfaces, and which of them leads out. Sends nothing: only a route is
chosen. Never answers an address that no phone can follow: this machine's own, link-local ones, and those of
containers and virtual machines. A VPN's is named last: a phone that is not in it reaches nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final, Literal

import attrs
import psutil

__all__ = ["Candidate", "Interface", "Kind", "Reach", "interfaces", "is_of_this_machine", "is_own", "reach"]

Kind = Literal["hotspot", "wifi", "network", "vpn"]
Why = Literal["asked", "hotspot", "route", "only", "likeliest", "vpn", "none", "own"]

_EVERY_NETWORK: Final = ("0.0.0.0", "::", "")  # noqa: S104
_ANYWHERE: Final = ("203.0.113.1", 9)  # for documentation (RFC 5737): no packet is sent, only a route is chosen
_ORDER: Final[tuple[Kind, ...]] = ("hotspot", "wifi", "network", "vpn")

# names as Linux, macOS and Windows give them
_VIRTUAL: Final = re.compile(
    r"docker|^br-|^veth|^virbr|^vnet|^lxc|^lxd|^cni|^flannel|^cali|^podman|^vmnet|^vboxnet|virtualbox|vmware|"
    r"^vethernet|hyper-v|wsl|parallels|^vnic|^anpi|^llw|^awdl|loopback|bluetooth",
    re.IGNORECASE,
)
_VPN: Final = re.compile(
    r"^utun|^tun|^tap|^wg|^ppp|^ipsec|^gpd|^zt|^ts\d|tailscale|wireguard|zerotier|vpn|cisco|anyconnect|fortinet|"
    r"globalprotect|clash|mihomo|wintun",
    re.IGNORECASE,
)
_WIFI: Final = re.compile(r"^wl|wi-?fi|wlan|wireless|无线", re.IGNORECASE)
_HOTSPOTS: Final = tuple(map(ip_network, ("192.168.137.0/24", "10.42.0.0/24")))  # of Windows; of Linux (NetworkManager)
_MAC_HOTSPOT: Final = (re.compile(r"^bridge1\d\d$"), ip_network("192.168.2.0/24"))
_SHARED: Final = ip_network("100.64.0.0/10")  # what Tailscale and the like give; RFC 6598


@attrs.frozen
class Interface:
    """A network interface that is up, as the system names it, with its IPv4 addresses."""

    name: str
    addresses: tuple[str, ...]


@attrs.frozen
class Candidate:
    """An address under which phones may find this machine, and in which network it is."""

    address: str
    interface: str
    kind: Kind


@attrs.frozen
class Reach:
    """The address that is told to phones, why that one, and which others there are.

    Attributes:
        address: "" where no other machine reaches the server.
        why: `asked`: the server listens there alone; `hotspot`: this machine's own; `route`: it leads to the
            internet; `only`: there is no other; `likeliest`: none leads out; `vpn`: there is nothing but a VPN;
            `none`: there is nothing; `own`: the server listens for this machine alone, as it was told to.
        taken: what is known of the address, None where the server listens there alone or the system says nothing.
        others: the likeliest first.
    """

    address: str
    why: Why
    taken: Candidate | None = None
    others: tuple[Candidate, ...] = ()


def reach(host: str, found: Iterable[Interface] | None = None, route: str | None = None) -> Reach:
    """Return by which address other machines reach a server that listens on `host`.

    Args:
        host: an address, a name, or what stands for every network.
        found: the interfaces of this machine; by default those it has now.
        route: the address from which it reaches the internet, "" where it doesn't; by default as it is now.
    """
    if host not in _EVERY_NETWORK:
        return Reach("", "own") if is_own(host) else Reach(host, "asked")
    leads_out = _route() if route is None else route
    candidates = _candidates(interfaces() if found is None else found)
    best = sorted(candidates, key=lambda each: (_ORDER.index(each.kind), each.address != leads_out))
    if not best:
        return Reach(leads_out, "route") if leads_out and not is_own(leads_out) else Reach("", "none")
    taken = _taken(best, leads_out)
    others = tuple(each for each in best if each != taken)
    return Reach(taken.address, _why(taken, others, leads_out), taken, others)


def _taken(best: list[Candidate], route: str) -> Candidate:
    """Return the own hotspot, else what leads out, else the likeliest; a VPN only where there is nothing else."""
    if best[0].kind == "hotspot":
        return best[0]
    return next((each for each in best if each.address == route and each.kind != "vpn"), best[0])


def _why(taken: Candidate, others: tuple[Candidate, ...], route: str) -> Why:
    if taken.kind == "vpn":
        return "vpn"
    if not others:
        return "only"
    if taken.kind == "hotspot":
        return "hotspot"
    return "route" if taken.address == route else "likeliest"


def _candidates(found: Iterable[Interface]) -> list[Candidate]:
    return [
        Candidate(address, each.name, _kind(each.name, address))
        for each in found
        if not _VIRTUAL.search(each.name)
        for address in each.addresses
        if _leads_here(address)
    ]


def _leads_here(address: str) -> bool:
    """Return whether another machine can follow an address at all."""
    read = ip_address(address)
    return not (read.is_loopback or read.is_unspecified or read.is_link_local or read.is_multicast)


def _kind(name: str, address: str) -> Kind:
    read = IPv4Address(address)
    if _VPN.search(name) or read in _SHARED:
        return "vpn"
    if any(read in net for net in _HOTSPOTS) and read.packed[-1] == 1:
        return "hotspot"
    of_mac, net = _MAC_HOTSPOT
    if of_mac.search(name) and read in net:
        return "hotspot"
    return "wifi" if _WIFI.search(name) else "network"


def interfaces() -> list[Interface]:
    """Return the interfaces of this machine that are up; none where the system does not say."""
    try:
        named, states = psutil.net_if_addrs(), psutil.net_if_stats()
    except (OSError, psutil.Error):
        return []
    return [
        Interface(name, tuple(str(each.address) for each in addresses if each.family == socket.AF_INET))
        for name, addresses in named.items()
        if name not in states or states[name].isup
    ]


def _route() -> str:
    """Return the address from which this machine reaches the internet, or ""."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_ANYWHERE)
            return str(probe.getsockname()[0])
    except OSError:  # in no network
        return ""


def is_of_this_machine(address: str) -> bool:
    """Return whether an address or a name is one of this machine's, in whichever network."""
    return is_own(address) or any(address in each.addresses for each in interfaces())


def is_own(host: str) -> bool:
    """Return whether a name or an address leads to this machine alone."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified
