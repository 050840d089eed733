"""What `play` and `serve` say of the network."""

import socket

import pytest

from makersphere_cli.rooms.way_for_phones import (
    say_what_http_means,
    say_which_network,
    short_address,
    warn_of_network,
)
from makersphere_server.edge.lan_address import Candidate, Reach

BASE = "http://192.168.1.7:8000"
WIFI = Candidate("192.168.1.7", "wlan0", "wifi")
CABLE = Candidate("10.1.2.3", "eth0", "network")
VPN = Candidate("10.8.0.2", "tun0", "vpn")


def test_of_several_networks_it_names_each_and_why_one_was_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """And how to take another one."""
    say_which_network(Reach("10.1.2.3", "route", CABLE, (WIFI,)))
    said = capsys.readouterr().out
    assert "The links use 10.1.2.3 (eth0): it leads to the internet." in said
    assert "--host and its address: 192.168.1.7 (wlan0)" in said


def test_where_there_is_no_choice_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The link is enough; a VPN is no choice."""
    say_which_network(Reach("192.168.1.7", "only", WIFI))
    say_which_network(Reach("192.168.1.7", "likeliest", WIFI, (VPN,)))
    warn_of_network(Reach("192.168.1.7", "only", WIFI), BASE)
    told = capsys.readouterr()
    assert told.out + told.err == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Reach("", "none"), "Phones can't reach this address"),
        (Reach("10.8.0.2", "vpn", VPN), "The only network of this machine is a VPN, 10.8.0.2 (tun0)"),
        (Reach("192.168.1.7", "likeliest", WIFI, (VPN,)), "A VPN is on: 10.8.0.2 (tun0)"),
    ],
)
def test_what_stands_in_the_way_of_phones_is_a_warning(
    found: Reach, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No network, a VPN alone, a VPN beside: one sentence on standard error."""
    warn_of_network(found, BASE)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("found", "base", "said"),
    [
        (Reach("192.168.1.7", "only", WIFI), BASE, "whoever listens in this network can read them, seat passes too"),
        (Reach("192.168.1.7", "only", WIFI), "https://play.example.org", ""),
        (Reach("", "none"), "http://localhost:8000", ""),
    ],
)
def test_links_by_http_say_what_that_shows_and_lacks(
    found: Reach, base: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and none by https nor where no phone comes in."""
    say_what_http_means(found, base)
    out = capsys.readouterr().out
    assert (said in out) if said else out == ""


@pytest.mark.parametrize(
    ("hostname", "leads_to", "told"),
    [
        ("Lab-3.school.example", ["127.0.1.1", "192.168.1.7"], "http://lab-3.local:8000"),
        ("lab-3", ["127.0.1.1"], ""),
        ("lab-3", [], ""),
        ("老师的电脑", ["192.168.1.7"], ""),
    ],
)
def test_a_short_name_is_told_where_it_leads_to_this_machine(
    hostname: str, leads_to: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system itself says: one that leads nowhere, or to this machine alone, would only cost a class its time."""

    def ask(name: str, port: None, family: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        assert (name, port, family) == ("lab-3.local", None, socket.AF_INET)
        if not leads_to:
            raise socket.gaierror
        return [(socket.AF_INET, 1, 6, "", (address, 0)) for address in leads_to]

    monkeypatch.setattr(socket, "gethostname", lambda: hostname)
    monkeypatch.setattr(socket, "getaddrinfo", ask)
    assert short_address(Reach("192.168.1.7", "only", WIFI), BASE) == told
    assert short_address(Reach("", "none"), "http://localhost:8000") == ""
