"""`makersphere play`: a game on this machine, ready to be joined."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

import attrs
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from makersphere_cli.flags import Level, Name, Seats
from makersphere_cli.rooms.last_room import OpenRoom, RoomWish, open_room, rooms_beside
from makersphere_cli.rooms.links import Links, has_display, links, open_browser, print_qr
from makersphere_cli.rooms.local_server import PlaySettings, open_port, run_server
from makersphere_cli.rooms.way_for_phones import (
    page_of_networks,
    say_what_http_means,
    say_which_network,
    short_address,
    warn_of_network,
)
from makersphere_cli.scenarios.lookup import is_file, known_name, load, own_scenario, say_if_outside
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import language, named, say
from makersphere_clients.connection import ConnectionEnded
from makersphere_server.app import Running
from makersphere_server.broker_address import Address

__all__ = ["play"]

_PATIENCE_S: Final = 30.0  # with a server of one's own on the same machine


def play(
    *,
    scenario: Name = "",
    seats: Seats | None = None,
    bots: Level | None = None,
    teams: Annotated[bool, Parameter(negative=())] = False,
    pseudonyms: Annotated[bool, Parameter(negative=())] = False,
    browser: bool = True,
    settings: Annotated[PlaySettings, Parameter(name="*")] = PlaySettings(),  # noqa: B008  (frozen)
) -> int:
    """Start a game on this machine: a server, a room with bots in every free seat, links and a QR code.

    Starting it again offers the same room as it was, or the last one of the scenario that is asked for; a game
    that is over makes room for a new one, of the same scenario and seats unless others are asked for. So does a
    scenario file, which may have changed; without it, what ships is played.

    Args:
        scenario: a shipped scenario or a file; by default the last room's, else `quickstart`.
        seats: how many seats a new room has; by default the scenario's own number, without a scenario the last room's.
        bots: how well bots play in a new room: easy, normal or hard; by default as in the last room, else normal.
        teams: a room in which several people may share a seat; each more of them is let in, or has a pass.
        pseudonyms: a room in which people are called by two words of the server's own, whatever name they type.
        browser: open the host's page where there is a display.
        settings: of the server.
    """
    asyncio.run(_ServedGame(settings, scenario, RoomWish(seats, bots, teams, pseudonyms), browser=browser).run())
    print(say("stopped"))
    return 0


class _ServedGame:
    """One run of the command: the server, and the room opened as soon as it is up."""

    def __init__(self, settings: PlaySettings, scenario: str, wish: RoomWish, *, browser: bool) -> None:
        if settings.tls_cert is not None:
            raise Trouble("play_keeps_to_http")
        self._asked = settings.port
        self._settings = attrs.evolve(settings, port=open_port(settings.host, settings.port))
        self._own = [own_scenario(scenario)] if is_file(scenario) else []
        if scenario and not self._own:
            known_name(scenario)
        if scenario:
            say_if_outside(self._own[0] if self._own else load(scenario), wish.seats)
        self._scenario = self._own[0].name if self._own else scenario
        self._wish = wish
        self._browser = browser
        self._opening: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Serve until it is stopped.

        Raises:
            Trouble: the server cannot start, or opens no room.
        """
        serving = asyncio.create_task(run_server(self._settings, self._begin, self._own))
        await asyncio.wait([serving])
        opening = self._opening
        if opening is not None and not opening.cancel():
            opening.result()  # why it is over, if the room did not open
        await serving

    def _begin(self, server: Running) -> None:
        asked, port = self._asked, self._settings.port
        if port != asked:
            print(say("other_port", asked=asked, port=port) if port else say("any_port", asked=asked))
        _say_broker(self._settings.mqtt)
        serving = asyncio.current_task()
        self._opening = asyncio.create_task(self._open(server))
        self._opening.add_done_callback(lambda opening: _stop_unless_open(opening, serving))

    async def _open(self, server: Running) -> None:
        url = f"ws://{_dialled(server.host)}:{server.port}/ws"
        folder, key = self._settings.data, self._settings.host_key
        try:
            async with asyncio.timeout(_PATIENCE_S):
                is_new = bool(self._own)
                found = await open_room(url, folder, self._scenario, self._wish, language(), key, always_new=is_new)
        except ConnectionEnded as ended:
            raise Trouble("no_room_opened", why=ended.message or ended.code) from None
        except TimeoutError:
            raise Trouble("no_room_opened", why=say("no_answer")) from None
        except OSError as error:
            raise Trouble("folder_unwritable", folder=str(folder), why=cause(error)) from None
        ways = links(server, found.own.room, found.own.host_token)
        beside = await asyncio.to_thread(rooms_beside, folder, found.own.room)
        _show(found, ways, beside, await asyncio.to_thread(short_address, ways.reach, ways.base))
        if self._browser and has_display():
            open_browser(ways.host)


def _stop_unless_open(opening: asyncio.Task[None], serving: asyncio.Task[object] | None) -> None:
    if serving is not None and not opening.cancelled() and opening.exception() is not None:
        serving.cancel()


def _say_broker(mqtt: str) -> None:
    """Say where a broker beside the server listens; a broker at any free port (0) is not told: programs ask for it."""
    broker = Address.read(mqtt) if mqtt else None
    if broker is not None and broker.is_embedded and broker.port:
        print(say("mqtt_listens", address=str(broker)))


def _dialled(host: str) -> str:
    """Return the address by which this machine reaches its own server."""
    if host in ("0.0.0.0", ""):  # noqa: S104  (every network)
        return "127.0.0.1"
    return f"[{host if host != '::' else '::1'}]" if ":" in host else host


def _show(found: OpenRoom, ways: Links, beside: list[str], short: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    key = "room_new" if found.is_new else "room_again"
    title = named("scenario", found.own.scenario)
    console.print(say(key, title=title, room=found.own.room, seats=found.seats), style="bold")
    print_qr(console, ways.join)
    rows = Table.grid(padding=(0, 2))
    for name, link in (("join", ways.join), ("host", ways.host), ("wall", ways.wall)):
        rows.add_row(say(f"link.{name}"), f"[link={link}]{link}[/link]")
    console.print(rows)
    if beside:
        console.print(say("rooms_beside", rooms=", ".join(beside)))
    if short:
        console.print(say("network.short", url=short))
    say_which_network(ways.reach)
    warn_of_network(ways.reach, ways.base)
    if ways.reach.address:
        print(say("network.try", page=page_of_networks(ways.base)))
    say_what_http_means(ways.reach, ways.base)
    console.print(say("how_to_stop"))
