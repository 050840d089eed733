"""What the wall costs the machine at the projector: sixty people in the street, on a CPU slowed fourfold.

Bots with seats of their own think as people do, so that choices, offers and signatures come one by one through a
season, each phase with its picture. Work is the CPU time of the page's own thread, times four, so that a busy machine
makes no page look busy. A frame is what the browser calls an animation frame: all tasks from the one that asks for it
to the one that lays it out and paints it. What the compositor moves alone is none, and what comes over the wire without
a change of the picture belongs to none.
"""

from __future__ import annotations

import subprocess
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.bench.harness import Figures, at_most, bench
from tests.bench.web import SLOWER, TASK, Meter, started_browser, traced

if TYPE_CHECKING:  # installed for tests alone, and asked for only when this bench runs
    from playwright.sync_api import Page


_SIXTY = ("maker",) * 36 + ("investor",) * 19 + ("operator",) * 5
_SEASON_S = 240  # at most
_STILL_S = 10
_SETTLE_MS = 8_000
_SLOW_MS = 20.0
_FRAME = "AnimationFrame"


@bench("web-wall", rounds=1, slow_frames_percent=at_most(5.0), still_percent=at_most(10.0))
def wall() -> Figures:
    """How many frames of a wall of sixty seats have more than 20 ms of work in a season, and what it takes idle."""
    from tests.browser.rig.stage import PROJECTOR, hosting  # noqa: PLC0415
    from tests.browser.rig.wall_reader import table  # noqa: PLC0415

    with started_browser() as (browser, url), hosting(url, _SIXTY, scale=100, scenario="classroom") as host:
        width, height = PROJECTOR
        page = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB").new_page()
        page.goto(f"{url}#/s/{host.room}")
        with playing(f"{url}#/j/{host.room}", len(_SIXTY)):
            page.locator(".wall-people .face").nth(len(_SIXTY) - 1).wait_for()
            with traced(page) as events:
                host.send("start")
                _season(page, lambda: int(table(url, host.room)["game"]["season"]))
            host.send("pause")
            still = _still(page)
        work_ms = sorted(_frames_ms(events))
        return {
            "slow_frames_percent": round(100 * sum(each > _SLOW_MS for each in work_ms) / len(work_ms), 2),
            "still_percent": round(still, 2),
            "frames": len(work_ms),
            "median_ms": round(work_ms[len(work_ms) // 2], 1),
            "slowest_ms": round(work_ms[-1], 1),
        }


@contextmanager
def playing(link: str, count: int) -> Iterator[None]:
    """Let bots take the seats and think as people do."""
    command = [sys.executable, "-m", "makersphere_cli.main", "bots", link, "--count", str(count), "--think", "human"]
    bots = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        bots.terminate()
        bots.wait(30)


def _season(page: Page, season: Callable[[], int]) -> None:
    """Wait until a season is over; the page itself is not asked, or that would be work of its own."""
    until = time.monotonic() + _SEASON_S
    while season() < 2 and time.monotonic() < until:
        page.wait_for_timeout(1000)
    if season() < 2:
        raise AssertionError(f"no season was over after {_SEASON_S} s: there was nothing to measure")


def _still(page: Page) -> float:
    """Return what share of a core the page takes while nothing moves."""
    page.wait_for_timeout(_SETTLE_MS)
    meter = Meter(page)
    before, began = meter.busy_s(), time.perf_counter()
    page.wait_for_timeout(_STILL_S * 1000)
    return 100 * SLOWER * (meter.busy_s() - before) / (time.perf_counter() - began)


def _frames_ms(events: Iterable[Any]) -> list[float]:
    """Return the work of each frame of the page, in ms on the slow CPU."""
    found = list(events)
    begun = Counter((one["pid"], one["tid"]) for one in found if one["name"] == _FRAME and one["ph"] == "b")
    own = [one for one in found if (one["pid"], one["tid"]) == begun.most_common(1)[0][0]]
    begins, ends = (sorted(float(one["ts"]) for one in own if one["name"] == _FRAME and one["ph"] == ph) for ph in "be")
    ends = [end for end in ends if end > begins[0]]  # one may have begun before the trace did
    work = [0.0] * len(ends)
    for task in own:
        if task["name"] == TASK and task["ph"] == "X":
            frame = bisect_left(ends, task["ts"])
            if frame < len(ends) and task["ts"] + task["dur"] >= begins[frame]:
                work[frame] += SLOWER * float(task.get("tdur", 0)) / 1000
    return work
