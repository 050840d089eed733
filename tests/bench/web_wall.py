"""What the wall costs the machine at the projector: sixty people in the street, on a CPU slowed fourfold.

Bots with seats of their own think as people do, so that choices, offers and signatures come one by one through a
season, each phase with its picture. Work is the CPU time of the page's own thread, times four, so that a busy machine
makes no page look busy. A frame is what the page's thread made new for the screen, as the browser itself counts it
(Long Animation Frames, W3C): from the first task after which something has to be drawn until it is drawn, with all
that comes between. What the compositor moves alone is none. What the thread does while nothing waits to be drawn, as
to collect garbage, holds no frame up; with that added to the frame before, as was counted first, the share is
`slow_with_rest_percent`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        with _bots(f"{url}#/j/{host.room}", len(_SIXTY)):
            page.locator(".wall-people .face").nth(len(_SIXTY) - 1).wait_for()
            with traced(page) as events:
                host.send("start")
                _season(page, lambda: int(table(url, host.room)["game"]["season"]))
            host.send("pause")
            still = _still(page)
        work_ms, with_rest_ms = (sorted(each) for each in zip(*_frames_ms(events), strict=True))
        return {
            "slow_frames_percent": _slow_percent(work_ms),
            "slow_with_rest_percent": _slow_percent(with_rest_ms),
            "still_percent": round(still, 2),
            "frames": len(work_ms),
            "median_ms": round(work_ms[len(work_ms) // 2], 1),
            "slowest_ms": round(work_ms[-1], 1),
        }


@contextmanager
def _bots(link: str, count: int) -> Iterator[None]:
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


def _slow_percent(work_ms: Sequence[float]) -> float:
    return round(100 * sum(each > _SLOW_MS for each in work_ms) / len(work_ms), 2)


def _frames_ms(events: Iterable[Any]) -> list[tuple[float, float]]:
    """Return the work of each frame of the page, in ms on the slow CPU: alone, and with all until the next began."""
    found = list(events)
    marks = [one for one in found if one["name"] == _FRAME and one["ph"] in ("b", "e")]
    own = Counter((one["pid"], one["tid"]) for one in marks).most_common(1)[0][0]
    begun, drawn = (
        sorted(float(one["ts"]) for one in marks if one["ph"] == phase and (one["pid"], one["tid"]) == own)
        for phase in ("b", "e")
    )
    work = [(0.0, 0.0)] * len(begun)
    for task in found:
        if task["name"] != TASK or task["ph"] != "X" or (task["pid"], task["tid"]) != own:
            continue
        frame = bisect_right(begun, task["ts"]) - 1
        if frame < 0:
            continue
        ms = SLOWER * float(task.get("tdur", 0)) / 1000
        end = drawn[at] if (at := bisect_left(drawn, begun[frame])) < len(drawn) else float("inf")
        alone, with_rest = work[frame]
        work[frame] = (alone + ms * (task["ts"] <= end), with_rest + ms)
    return work
