"""The stage of the browser tests: a server of its own, a browser's flags, and a host who speaks the protocol.

Used by the fixtures and by the command that makes screenshots. The host here opens rooms and starts games so
that a test can begin where its promise begins; the console's own buttons have tests of their own.
"""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from playwright.sync_api import Browser, Page
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from makersphere_protocol.messages import SUBPROTOCOL
from tests.loopback import free_port

ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "clients/web/dist/index.html"
PHONE = (390, 844)
CONSOLE = (1280, 800)
PROJECTOR = (1920, 1080)
PHASES = ("Policy", "Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap")
SIX = ("maker", "maker", "maker", "investor", "investor", "operator")

_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000  # for whatever is to come: it costs nothing where it comes, and a slow machine may take long
_PATIENCE_S = PATIENCE_MS // 1000
# whether taps count: not on a card that has just come, nor right after a phase has changed
AWAKE = "() => !document.querySelector('.moment[data-asleep]') && !document.documentElement.dataset.settling"
# season, phase and question of a phone as one line, read in one go; empty while there is no question. What is told
# before it is tapped away as soon as taps count
TURN = """() => {
    document.querySelector('.moment:not([data-asleep]) .button.main')?.click();
    if (document.querySelector('.moment')) return '';
    const [phase, question] = ['.header .phase', 'h1:not(.moment h1)']
        .map(each => document.querySelector(each)?.innerText);
    return phase && question ? `${phase} | ${question}`.replaceAll('\\n', ' ') : ''; }"""
# notes of a page's seat whether it was ready and somebody awaits its answer: told by the server, not by the page
HEARS = """const Socket = WebSocket;
window.WebSocket = class extends Socket {
    constructor(...given) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
            for (const seat of Object.values(JSON.parse(data).hand?.seat ?? {}))
                window.awaited = seat?.asked ?? window.awaited; }); } };"""
# another question stands there or, where that will do, the seat is ready. A question that is asked again of a seat that
# was ready, since somebody awaits its answer, is answered with the main button again, once the server's word has had
# its time to come. No other press is repeated
_ANSWERED = f"""([before, readyWillDo]) => {{
    const now = ({TURN})(), ready = readyWillDo && document.querySelector('.button.main.ready');
    const main = document.querySelector('.button.main:not(.ready, [aria-busy="true"])');
    if (now && (ready || now !== before)) {{ window.awaitedSince = undefined; return ready ? 'ready' : 'asks'; }}
    window.awaitedSince = window.awaited && main ? window.awaitedSince ?? performance.now() : undefined;
    if (performance.now() - window.awaitedSince > 1000) {{
        window.awaitedSince = undefined; window.pressedAgain = (window.pressedAgain ?? 0) + 1; main.click(); }}
    return false; }}"""


def flags() -> list[str]:
    """Return how the browser is started; root may not use its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_FLAGS, *(["--no-sandbox"] if is_root else [])]


@contextmanager
def serving(folder: Path, *flags: str, port: int = 0, trusts: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run a server with its rooms in `folder`, and yield its address; it knows `mixes.py` too.

    Args:
        folder: of its rooms and its log.
        flags: of `mixes.py`, besides.
        port: where it listens; 0: at a free one.
        trusts: what its certificate is known by, where it has one; None: it speaks http.
    """
    port = port or free_port()
    url = f"{'https' if trusts else 'http'}://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "tests.browser.rig.mixes", "--host", "127.0.0.1", "--port", str(port), *flags]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([*command, "--data", str(folder / "rooms")], stdout=log, stderr=log, cwd=ROOT)
        try:
            _wait_for(url, server, trusts)
            yield url
        finally:
            server.terminate()
            server.wait(_PATIENCE_S)


def _wait_for(url: str, server: subprocess.Popen[bytes], trusts: ssl.SSLContext | None) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}readyz", timeout=1, context=trusts):  # noqa: S310  (our own server)
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


@attrs.define
class Host:
    """A host over the wire.

    Attributes:
        room: the code of the room.
        token: opens the host's chair; a page that opens it takes the chair from this host, who can send nothing more.
    """

    room: str
    token: str
    _socket: ClientConnection
    _sent: int = 0

    def send(self, name: str, **args: object) -> dict[str, Any]:
        """Send a host command, or one of a class by its whole name, and return what came of it."""
        self._sent += 1
        whole = name if "." in name else f"host.{name}"
        frame = {"type": "command", "id": f"host-{self._sent}", "name": whole, "args": args}
        self._socket.send(json.dumps(frame))
        while True:
            answer = json.loads(self._socket.recv(_PATIENCE_S))
            if answer["type"] == "result":
                assert answer["ok"], answer
                return dict(answer.get("data") or {})

    def invite(self) -> str:
        """Return the token of a further chair, for a console beside this host."""
        return str(self.send("invite")["host_token"])


@contextmanager
def hosting(
    url: str,
    roles: Sequence[str] = SIX,
    scale: int = 0,
    scenario: str = "quickstart",
    pace: str = "self",
    *,
    teams: bool = False,
    **more: Any,  # noqa: ANN401  (options of the contract)
) -> Iterator[Host]:
    """Open a room whose seats have these roles in order.

    `scale` is per cent of the time limits, 0 for no clocks. At the pace `self` a phase closes with the last seat
    that is ready, and bots soon are; at `host` it stays until this host advances.
    """
    options: dict[str, Any] = {"roles": list(roles), "timers": {"scale": scale}, "pace": pace}
    options |= {"seed": 1, **more}  # of that seed all who knock at a space are let in
    options |= {"teams": True} if teams else {}
    address = f"{url.replace('http', 'ws', 1)}ws"
    with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_queue=None, ping_interval=None) as connection:
        connection.send(json.dumps({"type": "create", "scenario": scenario, "options": options}))
        welcome = json.loads(connection.recv(_PATIENCE_S))
        yield Host(welcome["room"], welcome["host_token"], connection)


@contextmanager
def leading(url: str, code: str, token: str) -> Iterator[Host]:
    """Come back over the wire to a room or a class that a page has opened; the page's chair is this host's then."""
    address = f"{url.replace('http', 'ws', 1)}ws"
    with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_queue=None, ping_interval=None) as connection:
        connection.send(json.dumps({"type": "resume", "room": code, "host_token": token}))
        assert json.loads(connection.recv(_PATIENCE_S))["type"] == "welcome"
        yield Host(code, token, connection)


def take_seat(page: Page, name: str) -> None:
    """Fill in the join page that is open and wait until the seat is taken."""
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Take a seat").click()
    page.get_by_text("We start when the host does.").wait_for()


def past_moments(page: Page) -> None:
    """Tap away what a phone tells of the phase before, as soon as taps count: then it asks."""
    page.wait_for_function(f"() => ({TURN})() && !document.querySelector('.moment')")


def turn(page: Page) -> str:
    """Return season, phase and question of a phone as one line; what is told before it is tapped away."""
    return str(page.wait_for_function(TURN).json_value())


def answered(page: Page, before: str) -> None:
    """Wait until something else is asked than `before`, after the main button has been pressed."""
    page.wait_for_function(_ANSWERED, arg=[before, False])


def answered_all(page: Page, before: str) -> bool:
    """Wait as `answered` does, or until the seat is ready, and return whether it is."""
    return bool(page.wait_for_function(_ANSWERED, arg=[before, True]).json_value() == "ready")


def stand_still(page: Page) -> None:
    """Wait until nothing moves, nor will when the display face comes: words are wider or narrower then."""
    page.wait_for_function("""() => document.body.offsetWidth && document.fonts.status === 'loaded'
        && document.getAnimations().every(each => each.playState !== 'running')""")


def text(language: str, key: str) -> str:
    """Return a text of the game."""
    return str(json.loads((ROOT / f"server/makersphere_protocol/texts/{language}/game.json").read_text("utf-8"))[key])


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """Return a page on a device of its own."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(address)
    return page
