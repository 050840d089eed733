"""`makersphere demo`: bots play a whole game over real sockets, and one watches."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs
from rich.console import Console
from rich.live import Live

from makersphere_bots.catalogue import policy as policy_by_name
from makersphere_bots.stand_ins import StandIns
from makersphere_cli.flags import Data, Json, Name, Seats, Seed, WirePolicyName
from makersphere_cli.reports.game_outcome import GameOutcome, game_outcome, with_check
from makersphere_cli.reports.game_report import show_outcome
from makersphere_cli.reports.season_lines import Seasons
from makersphere_cli.rooms.local_server import explained
from makersphere_cli.scenarios.lookup import is_file, known_name, load, own_scenario, say_if_outside
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, named, say
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_clients.mirror import Mirror
from makersphere_clients.wire_bots import WireBot, seat_bots
from makersphere_protocol.messages import Create, Options
from makersphere_rules.scenario import Scenario
from makersphere_server import logs
from makersphere_server.afterwards.verify import verify_stored
from makersphere_server.app import CannotStart, Running, running
from makersphere_server.settings import Settings

__all__ = ["demo"]

_STANDSTILL_S: Final = 300.0  # longer than any phase of a shipped scenario
_REFRESH_PER_S: Final = 8


@attrs.frozen
class _Game:
    """The game that is played; `own` holds its scenario where that does not ship."""

    scenario: str
    own: tuple[Scenario, ...]
    seats: int | None
    seed: int
    policy: str


def demo(
    *,
    scenario: Name = "classroom",
    seats: Seats | None = None,
    seed: Seed = 7,
    policy: WirePolicyName = "standard",
    data: Data = None,
    as_json: Json = False,
) -> int:
    """Watch bots play a whole game over real sockets, on a server of its own on a free port.

    Ends with exit code 0 only when the game has ended and its ledger sums to zero.

    Args:
        scenario: the name of a shipped scenario, or a file.
        seats: how many seats; by default the scenario's own number.
        seed: of the dice and of the policies.
        policy: who plays all seats.
        data: folder to keep the room in; by default it is thrown away.
        as_json: print one JSON object at the end, and nothing else.
    """
    own = (own_scenario(scenario),) if is_file(scenario) else ()
    played = own[0] if own else load(known_name(scenario))
    name = played.name
    say_if_outside(played, seats)
    game = _Game(name, own, seats, seed, policy)
    logs.set_up("error", as_json=False)
    with _folder(data) as folder:
        outcome = asyncio.run(_play(game, folder, quiet=as_json))
        outcome = with_check(outcome, verify_stored(folder, outcome.room))
    if as_json:
        print(json.dumps(outcome.tree(), ensure_ascii=False))
    else:
        show_outcome(outcome)
    if not outcome.is_sound:
        complain(_unsound(outcome))
    return 0 if outcome.is_sound else 1


def _unsound(outcome: GameOutcome) -> str:
    if outcome.wrong:
        return say("demo_log_wrong", why=outcome.wrong)
    return say("demo_unsound", status=outcome.status, sum=outcome.ledger_sum)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        yield data
        return
    with TemporaryDirectory(prefix="makersphere-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


async def _play(game: _Game, folder: Path, *, quiet: bool) -> GameOutcome:
    started = time.perf_counter()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(_server(folder, game.own))
        url = f"ws://127.0.0.1:{server.port}/ws"
        options = Options(seats=game.seats, seed=game.seed)
        try:
            host = await stack.enter_async_context(Connection(url, Create(game.scenario, options)))
            bots = await _bots(url, host, game)
            stack.push_async_callback(_leave, bots)
            with _seasons_shown(host, game, quiet=quiet) as show_news:
                await _to_the_end(host, bots, show_news)
        except ConnectionEnded as ended:
            raise Trouble("demo_lost", why=ended.message or ended.code) from None
        return game_outcome(host.mirror, bots, game.seed, time.perf_counter() - started)


@asynccontextmanager
async def _server(folder: Path, own: tuple[Scenario, ...]) -> AsyncIterator[Running]:
    settings = Settings(host="127.0.0.1", port=0, data=folder, lab=True)
    try:
        async with running(settings, StandIns(), scenarios=own) as server:
            yield server
    except CannotStart as error:
        raise explained(error, settings) from None


async def _bots(url: str, host: Connection, game: _Game) -> list[WireBot]:
    seats = len(host.mirror.table["seat"])
    policies = [policy_by_name(game.policy) for _ in range(seats)]
    root = f"demo:{game.seed}"
    return await seat_bots(url, host.mirror.room, policies, root, name=say("bot_name"))


async def _leave(bots: list[WireBot]) -> None:
    await asyncio.gather(*(bot.connection.close() for bot in bots))


async def _to_the_end(host: Connection, bots: list[WireBot], show_news: Callable[[], None]) -> None:
    result = await host.command("host.start")
    if not result.ok:
        raise Trouble("demo_lost", why=result.error.message if result.error is not None else "?")
    playing = [asyncio.create_task(bot.play()) for bot in bots]
    try:
        while host.mirror.game.get("status") != "over":
            async with asyncio.timeout(_STANDSTILL_S):
                await host.until(partial(_is_news, host.mirror, host.mirror.seq))
            show_news()
            for task in playing:
                if task.done() and task.exception() is not None:
                    await task
    except TimeoutError:
        raise Trouble("demo_stands_still", seconds=int(_STANDSTILL_S)) from None
    finally:
        for task in playing:
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)


def _is_news(mirror: Mirror, seen: int | None) -> bool:
    return mirror.seq != seen


# -- what is seen meanwhile


@contextmanager
def _seasons_shown(host: Connection, game: _Game, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show the seasons as they go by; yield a function to call at every news from the room."""
    seasons = Seasons(host.mirror)
    if quiet:
        yield lambda: None
        return
    console = Console(highlight=False)
    title, seats = named("scenario", game.scenario), len(host.mirror.table["seat"])
    console.print(say("demo_head", title=title, room=host.mirror.room, seats=seats, seed=game.seed), style="bold")
    if not console.is_terminal:
        yield lambda: _print_line(seasons)
        return
    with Live(console=console, get_renderable=seasons.table, refresh_per_second=_REFRESH_PER_S):
        yield lambda: _update(seasons)


def _update(seasons: Seasons) -> None:
    seasons.update()


def _print_line(seasons: Seasons) -> None:
    row = seasons.update()
    if row is not None:
        print(row.line(), flush=True)
