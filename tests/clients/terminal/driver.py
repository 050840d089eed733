"""A terminal client at a real server on loopback: what it shows, and keys pressed as a person would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
from textual.pilot import Pilot
from textual.widgets import OptionList

from makersphere_bots.stand_ins import StandIns
from makersphere_clients.connection import Connection
from makersphere_clients.terminal.app import TerminalApp
from makersphere_clients.terminal.forms.form_screen import FormScreen
from makersphere_clients.terminal.view import View
from makersphere_protocol.messages import Create, Join, Options, Resume, Timers, Watch
from makersphere_server.app import running
from tests.clients.fake import AT_ONCE
from tests.loopback import loopback

__all__ = ["Seated", "at_terminal", "seated", "shown"]

Opening = Join | Resume | Watch
PATIENCE_S = 60  # for whatever is to come: it costs nothing where it comes


def shown(app: TerminalApp) -> str:
    """Return what stands on the terminal, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@attrs.frozen
class Seated:
    """A terminal client in a room, with the room's host beside it."""

    app: TerminalApp
    pilot: Pilot[str]
    host: Connection

    async def press(self, *keys: str) -> str:
        """Press keys; return what is shown then."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return shown(self.app)

    async def until(self, holds: Callable[[], bool]) -> str:
        """Wait until something holds of the room; return what is shown then."""
        async with asyncio.timeout(PATIENCE_S):
            await self.app.connection.until(holds)
        await self.pilot.pause()
        return shown(self.app)

    async def until_drawn(self, holds: Callable[[], bool]) -> str:
        """Wait until something holds of the screen; return what is shown then."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await self.pilot.pause()
        return shown(self.app)

    async def until_shown(self, words: str) -> str:
        """Wait until words stand on the terminal."""
        return await self.until_drawn(lambda: words in shown(self.app))

    @property
    def view(self) -> View:
        """Return the room as the client sees it."""
        return self.app.scene().view

    @property
    def phase(self) -> tuple[int, str]:
        """Return where the game stands."""
        at = self.app.connection.mirror.at
        return at.season, at.phase

    @property
    def commands(self) -> list[str]:
        """Return the commands of the list that is shown."""
        return [str(option.id) for option in self.app.screen_stack[1].query_one("#options", OptionList).options]

    async def open(self, command: str) -> str:
        """Go to a command in the list and open it."""
        return await self.choose(f"command:{command}")

    async def choose(self, id: str) -> str:
        """Go to a line of the list and press Enter on it."""
        list_ = self.app.screen_stack[1].query_one("#options", OptionList)
        list_.highlighted = self.commands.index(id)
        return await self.press("enter")

    async def turn(self, done: set[str]) -> None:
        """Open each command once and send it as it stands, then say that one is ready."""
        phase = self.phase
        for id in self.commands:
            command = id.removeprefix("command:")
            if self.phase != phase or id in done or id not in self.commands:
                continue
            done.add(id)
            await self.open(command)
            if isinstance(self.app.screen, FormScreen):
                await self._send(self.app.screen)
        if self.phase == phase:
            await self.press("r")

    async def _send(self, form: FormScreen) -> None:
        await self.press("enter")
        while not isinstance(self.app.screen, FormScreen) and len(self.app.screen_stack) > 3:
            await self.press("escape")  # what binds for good is not confirmed here
        await self.until_drawn(lambda: not form.is_attached or not form.is_sending)
        if form.is_attached:
            await self.press("escape")


async def _chair(host: Connection) -> str:
    """Return the token of a second host's chair."""
    invited = await host.command("host.invite")
    return str((invited.data or {})["host_token"])


@asynccontextmanager
async def seated(
    data: Path,
    opening: Callable[[str], Opening],
    *,
    scenario: str = "quickstart",
    seats: int = 6,
    language: str = "en",
    waiting: bool = False,
    teams: bool = False,
) -> AsyncIterator[Seated]:
    """Serve a room of bots, and sit down in it at a terminal.

    Args:
        data: the server's folder.
        opening: how to come in, given the room's code; `Resume` is a second host's chair.
        scenario: of the room.
        seats: how many it has.
        language: of the terminal.
        waiting: whether somebody else sits there and never gets ready.
        teams: whether seats are shared.
    """
    settings = loopback(data=data, lab=True)
    async with asyncio.timeout(10 * PATIENCE_S), running(settings, StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        options = Options(seats=seats, seed="terminal", timers=Timers(scale=1000), teams=teams)  # no clock runs out
        async with Connection(url, Create(scenario, options), backoff=AT_ONCE) as host:
            first = opening(host.mirror.room)
            if isinstance(first, Resume):
                first = attrs.evolve(first, host_token=await _chair(host))
            other = Connection(url, Join(host.mirror.room, "Ann", "operator"), backoff=AT_ONCE)
            if waiting:
                await other.open()
            connection = Connection(url, first, backoff=AT_ONCE)
            await connection.open()
            app = TerminalApp(connection, language, "http://here/#/j/ROOM")
            app.think_s = 0.001
            async with app.run_test(size=(80, 24)) as pilot:
                yield Seated(app, pilot, host)
            await asyncio.gather(connection.close(), other.close())


@asynccontextmanager
async def at_terminal(url: str, *, silence_s: float = 3.0) -> AsyncIterator[Seated]:
    """Sit down as Ann in the room R of a scripted server, which has no host of ours."""
    async with asyncio.timeout(10 * PATIENCE_S):
        connection = Connection(url, Join("R", "Ann"), backoff=AT_ONCE)
        await connection.open()
        app = TerminalApp(connection, "en")
        app.think_s, app.silence_s = 0.001, silence_s
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            yield Seated(app, pilot, connection)
        await connection.close()
