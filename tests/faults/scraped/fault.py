"""What Prometheus has to know of a server that is played on, by the recipe, the alerts and the board of `deploy/`.

While a class plays every alert is loaded and sound, none of them fires, and each query of the board has an answer, save
for those about what the server has not got. In a long run the server is killed then: the alert that it is down fires
within its time, and is over when the server is back.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from makersphere_server.monitoring.alerts import ALERTS
from makersphere_server.monitoring.gauges import STAMP
from tests.faults.harness import Run, fault
from tests.faults.rig.classroom import Company, open_class
from tests.faults.rig.crowd import check, look_at_log
from tests.faults.rig.server import ROOT, Server, serving
from tests.faults.scraped.prometheus import Prometheus, prometheus

_BOARD: Final = ROOT / "deploy/grafana/makersphere.json"
_NOT_HERE: Final = frozenset(
    {"Certificate holds for", "What waits for the broker", "Devices and strangers on the broker, a second"}
)
_CLASS: Final = 30
_FEW: Final = 4
_LOOKS: Final = 3  # at the server, a second apart: a rate takes two, the first one before the game
_SEEN: Final = 'count_over_time(up{{job="makersphere"}}[1m]) >= {}'
_GAME_S: Final = 600.0
_PATIENCE_S: Final = 30.0
_FIRES_S: Final = 60.0 + _PATIENCE_S


@fault("scraped", rounds=2, quick_rounds=1)
async def scraped(run: Run) -> None:
    """Prometheus scrapes a server that is played on, then killed: its alerts are sound, its board has answers."""
    run.expect("scrapes", "alerts", "queries", *(() if run.is_quick else ("fired", "over")))
    async with serving(run.folder, build=run.build) as server:
        (server.folder / STAMP).touch()  # as if a copy had been made this night
        async with prometheus(run.folder / "prometheus", server.port) as watched:
            number = 0
            while run.goes_on(number):
                await _play(run, server, watched, number)
                if not run.is_quick:
                    await _kill(run, server, watched)
                number += 1
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)


async def _play(run: Run, server: Server, watched: Prometheus, number: int) -> None:
    """Let a class play, a whole game in a long run, and look at everything meanwhile."""
    size = _FEW if run.is_quick else _CLASS
    await _until(run, "has looked at the server", lambda: watched.query(_SEEN.format(1)))
    people = await open_class(run, server, number, Company(size, size))
    await _until(run, "has looked at the server again", lambda: watched.query(_SEEN.format(_LOOKS)))
    await _look_at_alerts(run, watched)
    await _look_at_board(run, watched)
    if not run.is_quick:
        await people.until("at the end of the game", lambda _: people.host.game.get("status") == "over", _GAME_S)
        await _look_at_alerts(run, watched)
    await people.leave()
    run.counts["scrapes"] += int(float((await watched.query("sum(count_over_time(up[1h]))"))[0]["value"][1]))


async def _look_at_alerts(run: Run, watched: Prometheus) -> None:
    """Hold that all alerts are loaded and can be asked, and that none fires."""
    rules = await watched.rules()
    if [rule["name"] for rule in rules] != [alert.full_name for alert in ALERTS]:
        run.problem(f"Prometheus has loaded {[rule['name'] for rule in rules]}")
    for rule in rules:
        if rule["health"] == "err" or rule["state"] == "firing":
            run.problem(f"{rule['name']} is {rule['state']} while a class plays: {rule.get('lastError', '')}")
        run.counts["alerts"] += 1


async def _look_at_board(run: Run, watched: Prometheus) -> None:
    """Hold that each query of the board has an answer, once there was enough to see; what is not here has none.

    What begins with the game, as commits do, is seen later than the server.
    """
    for panel in json.loads(_BOARD.read_text("utf-8"))["panels"]:
        title, queries = panel["title"], [target["expr"] for target in panel["targets"]]
        for query in queries:
            if title not in _NOT_HERE:
                await _until(run, f"answers the panel {title!r}", partial(watched.query, query))
            elif answer := await watched.query(query):
                run.problem(f"the panel {title!r} has {answer}")
        run.counts["queries"] += len(queries)


async def _kill(run: Run, server: Server, watched: Prometheus) -> None:
    """Kill the server until its alert fires, and start it again."""

    async def is_down(state: str) -> bool:
        return any(rule["name"] == "MakersphereDown" and rule["state"] == state for rule in await watched.rules())

    await server.kill()
    run.counts["fired"] += await _until(run, "says that the server is down", lambda: is_down("firing"), _FIRES_S)
    await server.start()
    run.counts["over"] += await _until(run, "says that it is back", lambda: is_down("inactive"))


async def _until(run: Run, what: str, holds: Callable[[], Awaitable[object]], within_s: float = _PATIENCE_S) -> bool:
    """Wait until something holds; note a problem where that takes too long."""
    ends = time.monotonic() + within_s
    while not await holds():
        if time.monotonic() > ends:
            run.problem(f"Prometheus does not say after {within_s:.0f} s that it {what}")
            return False
        await asyncio.sleep(0.2)
    return True
