"""A what-if room beside the room that it came from: on both hosts' pages, on the wall, and on a phone's debrief."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from makersphere_protocol.messages import SUBPROTOCOL
from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PATIENCE_MS, PHASES, PROJECTOR, Host, take_seat


@contextmanager
def leading(server: str, room: str, token: str) -> Iterator[Host]:
    """Lead another room with the token of the first."""
    address = f"{server.replace('http', 'ws', 1)}ws"
    with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_queue=None, ping_interval=None) as socket:
        socket.send(json.dumps({"type": "resume", "room": room, "host_token": token}))
        json.loads(socket.recv(PATIENCE_MS // 1000))
        yield Host(room, token, socket)


def on_the_wall(fork: Host, wall: Page, origin: str) -> None:
    """Check that the wall shows what differed, then a chart of both."""
    fork.send("show", scene="beside")
    expect(wall.get_by_role("heading", name=f"Room {fork.room} beside room {origin}")).to_be_visible()
    fork.send("show", scene="beside", step=1)
    expect(wall.locator(".canvas svg")).to_be_visible()


def on_a_phone(host: Host, debrief: Page) -> None:
    """Check that a phone of the what-if tells mean points once its origin has revealed who stands where, too."""
    debrief.get_by_role("button", name="Beside the origin").click()
    expect(debrief.get_by_text(f"once who stands where has been revealed in {host.room}")).to_be_visible()
    host.send("show", scene="ranking", step=2)
    debrief.reload()
    debrief.get_by_role("button", name="Beside the origin").click()
    expect(debrief.get_by_role("table", name="Mean points of a role at the end")).to_be_visible()


def test_both_endings_stand_side_by_side_for_host_wall_and_phone(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What differed comes first, then each chart of both; before both are over it is the hosts' alone."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    token = host.invite()
    host.send("start")
    for phase in PHASES[1:]:
        host.send("advance")
        expect(phone.locator(".header .phase")).to_contain_text(phase)
    room = host.send("fork", season=1, phase="market", rules="[waterfall]\nwage = 9\n")["room"]
    host.send("end")
    console = open_page(f"c/{host.room}/{token}", CONSOLE)
    console.get_by_role("button", name=f"Beside room {room}").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_text("What was decided otherwise is told when both games are over.")).to_be_visible()
    with leading(phone.url.partition("#")[0], room, host.token) as fork:
        fork.send("resume")
        for _ in PHASES[5:]:
            fork.send("advance")
        fork.send("end")
        console.reload()
        console.get_by_role("button", name=f"Beside room {room}").click()
        expect(dialog.get_by_text("They are one game up to season 1, market.")).to_be_visible()
        expect(dialog.get_by_role("listitem")).to_contain_text("waterfall.wage is 9, and was")
        expect(dialog.get_by_role("table", name="Mean points of a role at the end")).to_be_visible()
        expect(dialog.get_by_role("table", name="Decisions from then on")).to_be_visible()
        assert violations(console) == []
        dialog.get_by_role("button", name="Credits").click()
        expect(dialog.locator(".canvas svg")).to_be_visible()
        dialog.get_by_role("button", name="As a table").click()
        expect(dialog.get_by_role("rowheader", name=f"Makers · {host.room}")).to_be_visible()
        on_the_wall(fork, open_page(f"s/{room}", PROJECTOR), host.room)
        debrief = open_page(f"d/{room}")
        on_a_phone(host, debrief)
        assert debrief.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(debrief) == []
