"""What the web client costs a phone: until it can be used on a slow network, until an update is seen, while it idles.

The network has 400 kB/s and 150 ms; work is the CPU time of a page's own thread, so that a busy machine makes no page
look busy, and for updates it counts four times, as on a CPU that is that much slower; `painted_ms` is wall-clock time
here. A new phase is another screen: `phase_ms` is the work until it is painted, `phase_work_ms` all that it brings
about, with what is fetched, read aloud and faded meanwhile. Thirty phones sit in one room whose clock runs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench.harness import Figures, at_most, bench

if TYPE_CHECKING:  # installed for tests alone, and asked for only when this bench runs
    from playwright.sync_api import Browser, Page

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 400_000, "uploadThroughput": 400_000}
SLOWER = 4
_ROOM = 30
_WATCHED_S = 10
_BETWEEN_MS = 400
_PHASES = 12
TASK = "ThreadControllerImpl::RunTask"
_PAINTED = """
window.painted = [];
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...all) {
    super(...all);
    this.addEventListener('message', () => {
      const came = performance.now();
      performance.mark('came');
      const after = new MessageChannel();
      after.port1.onmessage = () => window.painted.push(performance.now() - came);
      requestAnimationFrame(() => after.port2.postMessage(0));
    });
  }
};
"""
_TOLD = """
window.told = [];
let came = 0;
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...all) {
    super(...all);
    this.addEventListener('message', ({ data }) => {
      if (JSON.parse(data).table?.game?.phase) came = performance.now();
    });
  }
};
addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  if (!came || !document.querySelector('.moment h1')) return;
  const since = came;
  came = 0;
  const after = new MessageChannel();
  after.port1.onmessage = () => window.told.push(performance.now() - since);
  requestAnimationFrame(() => after.port2.postMessage(0));
}).observe(document.body, { childList: true, subtree: true }));
"""


@contextmanager
def started_browser() -> Iterator[tuple[Browser, str]]:
    """Give a browser, and a server that has the built client."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from house.system import find_chromium  # noqa: PLC0415
    from tests.browser.rig.stage import flags, serving  # noqa: PLC0415

    with TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags())
        yield browser, url
        browser.close()


def _phone(browser: Browser, address: str, script: str = "") -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    if script:
        page.add_init_script(script)
    if address:
        page.goto(address)
    return page


def _seat(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Take a seat").click()
    page.get_by_text("We start when the host does.").wait_for()


class Meter:
    """Counts the CPU seconds that a page's own thread has worked."""

    def __init__(self, page: Page) -> None:
        """Begin."""
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy_s(self) -> float:
        """Return how long it has worked so far."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


@bench("web-load", usable_s=at_most(3.0))
def load() -> Figures:
    """How long a slow network takes to bring the page where one joins, and then the seat."""
    from tests.browser.rig.stage import hosting  # noqa: PLC0415

    with started_browser() as (browser, url), hosting(url) as host:
        page = _phone(browser, "")
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", _SLOW)
        began = time.perf_counter()
        page.goto(f"{url}#/j/{host.room}", wait_until="commit")
        page.get_by_label("Name").wait_for()
        usable_s = time.perf_counter() - began
        _seat(page, "Mina")
        return {"usable_s": round(usable_s, 2), "seated_s": round(time.perf_counter() - began, 2)}


@bench("web-update", update_ms=at_most(50.0), phase_ms=at_most(50.0))
def update() -> Figures:
    """What a frame from the server costs, four times slower: an update in all, a new phase until it is seen."""
    from tests.browser.rig.stage import hosting  # noqa: PLC0415

    with started_browser() as (browser, url), hosting(url, scale=1000) as host:
        page = _phone(browser, f"{url}#/j/{host.room}", _PAINTED)
        _seat(page, "Mina")
        meter = Meter(page)
        host.send("start")
        page.locator(".purse").wait_for()
        page.wait_for_timeout(1000)
        seen_ms, work_ms = zip(*(_new_phase(page, meter, host.send) for _ in range(_PHASES)), strict=True)
        update_ms, painted_ms = _each(page, meter, [lambda: host.send("extend", seconds=30)] * 20)
        return {
            "update_ms": update_ms,
            "phase_ms": round(statistics.median(seen_ms), 1),
            "slowest_phase_ms": round(max(seen_ms), 1),
            "phase_work_ms": round(statistics.fmean(work_ms), 1),
            "painted_ms": painted_ms,
        }


def _new_phase(page: Page, meter: Meter, send: Callable[[str], object]) -> tuple[float, float]:
    """Return what a new phase costs the page on a slow CPU: until it is painted, and with all that follows."""
    before = meter.busy_s()
    with traced(page) as events:
        send("advance")
        page.wait_for_timeout(_BETWEEN_MS)
    return SLOWER * _until_painted_ms(events), SLOWER * 1000 * (meter.busy_s() - before)


@contextmanager
def traced(page: Page) -> Iterator[list[Any]]:
    """Give what Chromium notes of its threads' work meanwhile; it is there when the block is left."""
    browser = page.context.browser
    assert browser is not None
    session, events, ended = browser.new_browser_cdp_session(), list[Any](), list[bool]()
    session.on("Tracing.dataCollected", lambda some: events.extend(some["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    wanted = {"includedCategories": ["toplevel", "blink.user_timing", "devtools.timeline"]}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": wanted})
    yield events
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(10)
    session.detach()


def _until_painted_ms(events: Iterable[Any]) -> float:
    """Return the CPU time of the page's thread from the first frame that came until what it changed is painted."""
    mark = min((one for one in events if one["name"] == "came"), key=lambda one: float(one["ts"]))
    own = [one for one in events if (one["pid"], one["tid"]) == (mark["pid"], mark["tid"]) and one["ph"] == "X"]
    painted = min(float(one["ts"]) for one in own if one["name"] == "Paint" and one["ts"] > mark["ts"])
    tasks = (one for one in own if one["name"] == TASK and one["ts"] + one["dur"] > mark["ts"])
    return sum(float(one["tdur"]) for one in tasks if one["ts"] <= painted) / 1000


def _each(page: Page, meter: Meter, acts: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Return what each act costs the page on a slow CPU, and how long until it is painted on this one."""
    page.evaluate("window.painted.length = 0")
    before = meter.busy_s()
    for act in acts:
        act()
        page.wait_for_timeout(_BETWEEN_MS)
    spent_ms = 1000 * (meter.busy_s() - before)
    return round(SLOWER * spent_ms / len(acts), 1), round(statistics.median(page.evaluate("window.painted")), 1)


@bench("web-result", card_ms=at_most(300.0))
def result() -> Figures:
    """How long after a phase's close has arrived the card that tells of it is painted, on a CPU slowed fourfold."""
    from tests.browser.rig.stage import hosting, past_moments  # noqa: PLC0415

    with started_browser() as (browser, url), hosting(url, scenario="classroom", pace="host") as host:
        page = _phone(browser, f"{url}#/j/{host.room}", _TOLD)
        _seat(page, "Mina")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        host.send("start")
        page.locator(".purse").wait_for()
        for _ in range(_PHASES):
            past_moments(page)
            host.send("advance")
            page.wait_for_timeout(5 * _BETWEEN_MS)
        told = page.evaluate("window.told")
        return {
            "card_ms": round(statistics.median(told), 1),
            "slowest_card_ms": round(max(told), 1),
            "cards": len(told),
        }


@bench("web-room", page_percent=at_most(3.0))
def room() -> Figures:
    """What share of a core each of thirty phones in one room takes while a clock runs and the host writes."""
    from tests.browser.rig.stage import hosting  # noqa: PLC0415

    roles = ("operator", *("maker", "maker", "investor") * 10)[:_ROOM]
    with started_browser() as (browser, url), hosting(url, roles, scale=1000, scenario="classroom") as host:
        pages = [_phone(browser, f"{url}#/j/{host.room}") for _ in range(_ROOM)]
        for number, page in enumerate(pages, 1):
            _seat(page, f"Player {number}")
            host.send("announce", text=f"{number} are here")
        host.send("start")
        pages[-1].locator(".purse").wait_for()
        pages[0].wait_for_timeout(8000)  # what is fetched once all have a seat
        meters = [Meter(page) for page in pages]
        before, began = [meter.busy_s() for meter in meters], time.perf_counter()
        for second in range(_WATCHED_S):
            host.send("announce", text=f"Second {second}")
            pages[0].wait_for_timeout(1000)
        elapsed_s = time.perf_counter() - began
        shares = [
            100 * (after - early) / elapsed_s
            for early, after in zip(before, (meter.busy_s() for meter in meters), strict=True)
        ]
        return {"page_percent": round(statistics.median(shares), 2), "busiest_percent": round(max(shares), 2)}
