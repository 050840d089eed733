"""What `play` and `serve` say of the network."""

import pytest

from makersphere_cli.rooms.way_for_phones import say_what_http_means, say_which_network, warn_of_network
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
