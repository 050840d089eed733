"""A server inside this command: its settings, a free port, and why it cannot start.

Answers with a running server or with the one sentence that says what a person can do about it.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterable
from pathlib import Path  # noqa: F401  (what the inherited fields are annotated with is looked up here)
from typing import Literal

import attrs

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.rooms.explained_apart import explained_apart
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_rules.scenario import Scenario
from makersphere_server import logs
from makersphere_server.app import CannotStart, Running, serve
from makersphere_server.settings import Settings
from makersphere_server.storage.folder_lock import FolderInUse

__all__ = ["PlaySettings", "explained", "open_port", "run_server"]

_PORTS_TRIED = 50


@attrs.frozen(kw_only=True)
class PlaySettings(Settings):
    """Settings of a server for a game on this machine: a quiet log.

    Attributes:
        log_level: The least that is logged.
    """

    log_level: Literal["debug", "info", "warning", "error"] = "error"


async def run_server(settings: Settings, ready: Callable[[Running], None], scenarios: Iterable[Scenario] = ()) -> None:
    """Run a server until it is stopped; `scenarios` can be played there besides those that ship.

    Raises:
        Trouble: it cannot start.
    """
    logs.set_up(settings.log_level, as_json=settings.log_json)

    def up(server: Running) -> None:
        _say_what_is_lost(server)
        ready(server)

    try:
        await serve(settings, StandIns(), up, scenarios, explained_apart)
    except CannotStart as error:
        raise explained(error, settings) from None


def _say_what_is_lost(server: Running) -> None:
    """Say on standard error which kept rooms could not be read: few people read the log."""
    if server.mended is not None:
        complain(say("store_mended", rooms=server.mended.rooms, folder=str(server.mended.aside)))
    folder, at = str(server.settings.place), place_flag(server.settings)
    if server.parted:
        complain(say("rooms_parted", rooms=server.parted, folder=folder))
    if server.lobby.stopped_rooms > server.parted:
        complain(say("rooms_stopped", rooms=server.lobby.stopped_rooms - server.parted, at=at))


def explained(error: CannotStart, settings: Settings) -> Trouble:
    """Return why a server cannot start and what to do about it."""
    if error.text:
        return Trouble(error.text, **error.values)
    reason = error.__cause__
    folder = str(settings.place)
    if isinstance(reason, FolderInUse):
        return Trouble("folder_in_use", folder=folder)
    number = reason.errno if isinstance(reason, OSError) else None
    if number == errno.EADDRINUSE:
        return Trouble("port_in_use", port=settings.port)
    if number == errno.EACCES and 0 < settings.port < 1024:
        return Trouble("port_reserved", port=settings.port)
    if _is_about_the_port(str(error)):
        return Trouble("cannot_listen", host=settings.host, port=settings.port, why=cause(error))
    if settings.database:
        return Trouble("database.away", database=folder, why=cause(error))
    return Trouble("folder_unwritable", folder=folder, why=cause(error))


def place_flag(settings: Settings) -> str:
    """Return the flag by which other commands find the rooms of a server."""
    return f"--database {settings.place}" if settings.database else f"--data {settings.data}"


def _is_about_the_port(sentence: str) -> bool:
    return sentence.startswith("Port ")


def check_port(port: int) -> None:
    """Refuse a port that no machine has.

    Raises:
        Trouble: it is not from 0 to 65,535.
    """
    if not 0 <= port <= 65_535:
        raise Trouble("no_port", port=port)


def open_port(host: str, port: int) -> int:
    """Return `port`, or the next one that is not in use, or 0 for any."""
    check_port(port)
    for candidate in range(port, min(port + _PORTS_TRIED, 65_536)):
        if not _is_in_use(host, candidate):
            return candidate
    return 0


def _is_in_use(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False
