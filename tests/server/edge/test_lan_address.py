"""Which address phones are told, on machines with made-up interfaces."""

import socket
from types import SimpleNamespace

import psutil
import pytest

from makersphere_server.edge import lan_address
from makersphere_server.edge.lan_address import Interface, Reach, interfaces, is_own, reach

EVERY = "0.0.0.0"  # noqa: S104
LOOPBACK = Interface("lo", ("127.0.0.1",))
WIFI = Interface("wlan0", ("192.168.1.7",))
CABLE = Interface("eth0", ("10.1.2.3",))
DOCKER = Interface("docker0", ("172.17.0.1",))
VPN = Interface("tun0", ("10.8.0.2",))


def told(*found: Interface, route: str = "") -> Reach:
    """Return what a server that listens everywhere says on a machine with these interfaces."""
    return reach(EVERY, [LOOPBACK, *found], route)


def test_the_only_network_is_taken_whatever_containers_and_virtual_machines_have() -> None:
    """Of docker, of VirtualBox, of WSL, without a DHCP server: no phone can follow those."""
    for name, address in (
        ("docker0", "172.17.0.1"),
        ("br-1a2b3c", "172.18.0.1"),
        ("virbr0", "192.168.122.1"),
        ("VirtualBox Host-Only Network", "192.168.56.1"),
        ("VMware Network Adapter VMnet8", "192.168.80.1"),
        ("vEthernet (WSL (Hyper-V firewall))", "172.28.0.1"),
        ("Ethernet 3", "169.254.7.7"),
    ):
        found = told(Interface(name, (address,)), WIFI)
        assert (found.address, found.why, found.others) == ("192.168.1.7", "only", ()), name


def test_a_vpn_is_named_and_taken_only_where_there_is_nothing_else() -> None:
    """A route through a VPN leads to the internet, and no phone to this machine."""
    for name, address in (
        ("tun0", "10.8.0.2"),
        ("utun4", "10.9.0.2"),
        ("wg0", "10.10.0.2"),
        ("tailscale0", "100.101.102.103"),
        ("Cisco AnyConnect Secure Mobility Client", "10.20.0.2"),
        ("Ethernet 5", "100.64.0.9"),
    ):
        vpn = Interface(name, (address,))
        beside = told(vpn, WIFI, route=address)
        assert (beside.address, beside.why) == ("192.168.1.7", "likeliest"), name
        assert [(each.address, each.kind) for each in beside.others] == [(address, "vpn")]
        assert (told(vpn, route=address).address, told(vpn, route=address).why) == (address, "vpn")


def test_of_several_networks_that_which_leads_out_is_taken_and_the_others_are_named() -> None:
    """A cable to the internet beside the Wi-Fi: the host can take the other one."""
    found = told(CABLE, WIFI, route="10.1.2.3")
    assert (found.address, found.why) == ("10.1.2.3", "route")
    assert [(each.address, each.interface) for each in found.others] == [("192.168.1.7", "wlan0")]


def test_the_wifi_is_likeliest_where_no_network_leads_out() -> None:
    """Phones have no cable."""
    found = told(CABLE, WIFI)
    assert (found.address, found.why) == ("192.168.1.7", "likeliest")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Local Area Connection* 10", "192.168.137.1"),
        ("bridge100", "192.168.2.1"),
        ("wlp2s0", "10.42.0.1"),
    ],
)
def test_an_own_hotspot_is_taken_before_what_leads_out(name: str, address: str) -> None:
    """Whoever switches it on wants the phones in it; Windows, macOS and Linux have an address of their own for it."""
    found = told(CABLE, Interface(name, (address,)), route="10.1.2.3")
    assert (found.address, found.why) == (address, "hotspot")
    assert [each.address for each in found.others] == ["10.1.2.3"]


def test_a_machine_that_is_in_the_hotspot_of_another_is_not_taken_for_it() -> None:
    """The address is of the same network, but not its first."""
    found = told(Interface("Wi-Fi", ("192.168.137.55",)), route="192.168.137.55")
    assert found.taken is not None
    assert found.taken.kind == "wifi"


def test_nothing_but_this_machine_is_no_address() -> None:
    """Loopback, containers and link-local addresses lead nowhere."""
    found = told(DOCKER, Interface("eth0", ("169.254.1.1",)))
    assert (found.address, found.why) == ("", "none")
    assert told().why == "none"


def test_a_system_that_names_no_interface_still_knows_its_route() -> None:
    """Some containers and phones hide their interfaces."""
    assert reach(EVERY, [], "192.0.2.7") == Reach("192.0.2.7", "route")
    assert reach(EVERY, [], "127.0.0.1") == Reach("", "none")


def test_a_server_that_listens_at_one_address_has_no_choice() -> None:
    """What the setting names is told, and this machine's own is none for phones."""
    assert reach("192.0.2.7", [WIFI], "") == Reach("192.0.2.7", "asked")
    for own in ("127.0.0.1", "localhost", "::1"):
        assert reach(own, [WIFI], "") == Reach("", "own")
        assert is_own(own)


def test_interfaces_that_are_down_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Wi-Fi that is off keeps its address on some systems."""
    ip4 = [SimpleNamespace(family=socket.AF_INET, address="192.168.1.7")]
    ip6 = [SimpleNamespace(family=socket.AF_INET6, address="fe80::1")]
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {"on": [*ip6, *ip4], "off": ip4, "odd": ip6})
    states = {"on": SimpleNamespace(isup=True), "off": SimpleNamespace(isup=False)}
    monkeypatch.setattr(psutil, "net_if_stats", lambda: states)
    assert interfaces() == [Interface("on", ("192.168.1.7",)), Interface("odd", ())]


def test_this_machine_is_in_a_network_or_says_that_it_is_in_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system itself: never an address of this machine alone, and none where the system says nothing."""
    assert not reach(EVERY).address.startswith("127.")

    def hidden() -> dict[str, object]:
        raise PermissionError

    monkeypatch.setattr(psutil, "net_if_addrs", hidden)
    assert lan_address.interfaces() == []
