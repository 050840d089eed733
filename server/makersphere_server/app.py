"""The composition root: puts a server together, runs it, and takes it down again.

Answers in which order a server starts, and how it stops: it takes no new connections, every room finishes the batch
that it has begun, every connection is ended within seconds whatever its other side does. One that has handed its rooms
over to another server still says for some seconds to whoever comes where they are. A server that starts again on the
same folder offers the same rooms as they were.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

import attrs
import structlog

from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.scenario import Scenario
from makersphere_server.afterwards.comparisons import Comparisons
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.replays import Replays
from makersphere_server.classes.classes import Classes
from makersphere_server.classes.comparisons import ClassComparisons
from makersphere_server.clock import Clock, SystemClock, pass_ms
from makersphere_server.edge import static_files
from makersphere_server.edge.certificate import Certificate
from makersphere_server.edge.http import Pages, Show
from makersphere_server.edge.listener import listen
from makersphere_server.edge.rest import Rest
from makersphere_server.edge.service_manager import say_ready
from makersphere_server.edge.session import Session
from makersphere_server.edge.watchdog import Watchdog
from makersphere_server.lobby.class_size import ClassSizes
from makersphere_server.lobby.explaining import Explaining
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti.opening import Lti, learning_platforms
from makersphere_server.monitoring.gauges import gauged
from makersphere_server.mqtt.mirror import mirrored
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.explaining import Explains
from makersphere_server.room.model.policies import Policies
from makersphere_server.settings import CannotStart, Settings
from makersphere_server.storage.event_log import DatabaseRefused, EventLog, StoreUnavailable
from makersphere_server.storage.folder_lock import FolderInUse
from makersphere_server.storage.place import Database, Place
from makersphere_server.storage.salvage import Mended
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.webhooks.sender import reporting

__all__ = ["CannotStart", "Running", "running", "serve"]

_log = structlog.get_logger("makersphere.app")


@attrs.frozen
class Running:
    """A server that is up."""

    host: str
    port: int
    lobby: Lobby
    settings: Settings
    names: tuple[str, ...] = ()  # those of its certificate; () where it speaks http
    mended: Mended | None = None  # what was done about a damaged file of rooms
    parted: int = 0  # rooms that stand still because the head file that belongs to them was not there

    @property
    def url(self) -> str:
        """Return where this machine's browser finds it."""
        host = "localhost" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        if self.settings.tls_cert is None:
            return f"http://{host}:{self.port}"
        named = next((name for name in self.names if "*" not in name), host)
        return f"https://{f'[{named}]' if ':' in named else named}:{self.port}"


async def serve(
    settings: Settings,
    policies: Policies,
    ready: Callable[[Running], None] | None = None,
    scenarios: Iterable[Scenario] = (),
    explains: Explains | None = None,
) -> None:
    """Run a server until SIGINT or SIGTERM, or until it is cancelled.

    Args:
        settings: of the server.
        policies: who plays the seats that no person plays.
        ready: called once it can be reached.
        scenarios: further ones that can be played, besides those that ship.
        explains: says why games that ended went as they did; None: nobody does.

    Raises:
        CannotStart: the folder or the port cannot be used.
    """
    stopping = asyncio.Event()
    _spare_the_collector()
    async with running(settings, policies, scenarios=scenarios, explains=explains) as server:
        with _set_at_signals(stopping):
            if ready is not None:
                ready(server)
            say_ready()
            await stopping.wait()
            _log.info("stopping")


@asynccontextmanager
async def running(
    settings: Settings,
    policies: Policies,
    *,
    log: EventLog | None = None,
    clock: Clock | None = None,
    scenarios: Iterable[Scenario] = (),
    explains: Explains | None = None,
) -> AsyncIterator[Running]:
    """Run a server for as long as the block lasts.

    Args:
        settings: of the server.
        policies: who plays the seats that no person plays.
        log: another store than the folder's.
        clock: another clock than the machine's.
        scenarios: further ones that can be played, besides those that ship.
        explains: says why games that ended went as they did; None: nobody does.

    Raises:
        CannotStart: the folder, the port or the broker cannot be used.
    """
    clock = clock or SystemClock()
    store = log or await _store(settings)
    for module in shipped.modules().values():
        texts.learn(module.texts)
    for name, broken in shipped.packages().broken.items():
        _log.error("package_not_loaded", module=name, package=broken.package, reason=broken.why)
    scenarios = tuple(scenarios)
    find = _finder(scenarios)
    lobby = Lobby(store, clock, policies, settings, find)
    lobby.take_classes(Classes(store, lobby, clock, settings))
    names = dict.fromkeys((*shipped.scenario_names(), *(scenario.name for scenario in scenarios)))
    class_sizes = ClassSizes(names, find, settings.most_seats)
    try:
        await _find_rooms(lobby, settings)
        async with (
            gauged(settings, lobby),
            _explaining(settings, lobby, store, clock, explains),
            mirrored(settings, lobby, clock),
            reporting(settings, lobby, clock),
            learning_platforms(settings, lobby, store, clock) as lti,
            _listening(settings, lobby, clock, class_sizes, lti) as server,
        ):
            kept = store if isinstance(store, SqliteLog) else None
            yield attrs.evolve(server, mended=kept.mended if kept else None, parted=kept.parted if kept else 0)
    finally:
        await lobby.stop()
        if log is None:
            await store.close()


@asynccontextmanager
async def _explaining(
    settings: Settings, lobby: Lobby, store: EventLog, clock: Clock, explains: Explains | None
) -> AsyncIterator[None]:
    """Have games explained that end, for as long as the block lasts, if somebody is there who does and may."""
    if explains is None or not settings.why_s:
        yield
        return
    explaining = Explaining(store, clock, explains, settings.why_s)
    lobby.follow_rooms(explaining.see)
    explaining.start()
    try:
        yield
    finally:
        await explaining.stop()


def _finder(scenarios: Iterable[Scenario]) -> Callable[[str], Scenario]:
    own = {scenario.name: scenario for scenario in scenarios}
    return lambda name: own.get(name) or shipped.scenario(name)


async def _find_rooms(lobby: Lobby, settings: Settings) -> None:
    try:
        await lobby.start()
    except StoreUnavailable as error:  # the disk has failed since the folder was opened
        raise _no_store(settings.place, error) from error


async def _store(settings: Settings) -> EventLog:
    place = settings.place
    try:
        if settings.server_name and isinstance(place, Database):
            named = Server(settings.server_name, settings.server_address, settings.server_lease_s)
            return await _joined(place, named)
        return await SqliteLog.open(place)
    except FolderInUse as error:
        raise CannotStart(f"Another server works in the folder {place}: stop it or take another.") from error
    except (OSError, StoreUnavailable) as error:
        raise _no_store(place, error) from error


async def _joined(database: Database, server: Server) -> EventLog:
    """Return the store of a server that shares its database with others; all rooms that nobody has are its own."""
    log = await SharedLog.join(database, server)
    try:
        await log.take_over()
    except BaseException:
        await log.close()
        raise
    return log


def _no_store(place: Place, error: OSError | StoreUnavailable) -> CannotStart:
    sentence = f"{place} cannot be used for the rooms: {error}"
    if isinstance(error, DatabaseRefused):
        return CannotStart(sentence, f"database.{error.text}", database=str(place), **error.values)
    return CannotStart(sentence)


def _of_the_past(lobby: Lobby, pace: ReadingPace) -> dict[str, Show]:
    """Return what is shown of rooms of the past."""
    found = lobby.kept_room
    return {"replay": Replays(found, pace).answer, "beside": Comparisons(found, pace).answer}


def _pages(settings: Settings, lobby: Lobby, clock: Clock, class_sizes: ClassSizes, rest: Rest) -> Pages:
    """Return what answers plain requests."""
    pace = ReadingPace(clock)  # a reader has one for all that is shown of the past
    return Pages(
        static_files.load(),
        lambda: lobby.is_ready,
        settings,
        class_sizes,
        Downloads(lobby.kept_room, ReadingPace(clock)),
        {**_of_the_past(lobby, pace), "room": rest.room, "class": rest.class_},
        ClassComparisons(lobby.kept_class, lobby.kept_room, lobby.is_class, lobby.goes_on, pace),
    )


@asynccontextmanager
async def _listening(
    settings: Settings, lobby: Lobby, clock: Clock, class_sizes: ClassSizes, lti: Lti
) -> AsyncIterator[Running]:
    rest = Rest(lobby, lobby.kept_room, lobby.kept_class, ReadingPace(clock))
    pages = _pages(settings, lobby, clock, class_sizes, rest)
    certificate = Certificate(settings.tls_cert, settings.tls_key, clock) if settings.tls_cert else None

    def begin(connection: ConnectionPort) -> Session:
        return Session(connection, lobby, clock)

    encrypted = certificate.context if certificate else None
    try:
        listener = await listen(settings, clock, begin, lti.before(pages.answer), rest, encrypted, lti.forms)
    except OSError as error:
        raise CannotStart(f"Port {settings.port} cannot be used on {settings.host}: {error.strerror}") from error

    watchdog = Watchdog(listener.playing, clock, int(settings.stall_s * 1000), settings.backlog_bytes)
    watchdog.start()
    if certificate:
        certificate.start()
    port = listener.port
    _log.info("listening", host=settings.host, port=port)
    try:
        yield Running(settings.host, port, lobby, settings, certificate.pair.names if certificate else ())
        await _drain(settings, lobby, clock)
    finally:
        watchdog.stop()
        if certificate:
            certificate.stop()
        listener.refuse()
        await lobby.stop()
        await listener.close()
        _log.info("stopped")


async def _drain(settings: Settings, lobby: Lobby, clock: Clock) -> None:
    """Hand the rooms over, if another server takes them, and answer for some seconds whoever still comes here."""
    if lobby.sharing.is_shared and settings.drain_s:
        await lobby.stop()
        if lobby.sharing.sends_on is not None:
            await pass_ms(clock, int(settings.drain_s * 1_000))


def _spare_the_collector() -> None:
    """Look for reference cycles less often: what a room keeps has none, and grows by the command."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@contextmanager
def _set_at_signals(stopping: asyncio.Event) -> Iterator[None]:
    """Set an event at SIGINT or SIGTERM, for as long as the block lasts."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's; this server stops when it is cancelled
        return
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(stopping.set)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
