"""A class of sixty walked through a whole lesson: `python -m tests.browser.rig.class_walk FOLDER`.

Four tables by https that keep together, bots in most seats and people with six phones: four who join before the start,
one whom a course's platform sends, one who comes late. An assistant pauses a table, somebody is moved to another one,
somebody is erased, the tables are compared, and the platform takes a score. Each step says what it saw, and the first
one that sees something else ends the walk. Pictures of the console, the wall and phones are left in the folder.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import trustme
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from house.system import find_chromium
from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_protocol.patches import apply
from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR, flags, serving
from tests.loopback import free_port
from tests.server.rig.learning_platform import Browser as Student
from tests.server.rig.learning_platform import Platform
from tests.server.rig.school import AS_TEACHER, ticket_of

TABLES: Final = 4
AT_A_TABLE: Final = 15
PATIENCE_S: Final = 90
SCALE: Final = 25  # per cent of the scenario's clocks
Tree = dict[str, Any]

# whatever a phone asks is answered by its yellow button, and what it tells is tapped away
_ON = """() => { for (const each of document.querySelectorAll(
    '.moment:not([data-asleep]) .button.main, .foot .button.main:not(.ready, [aria-busy="true"])')) each.click(); }"""


class Teacher:
    """A host of the class, over the wire."""

    def __init__(self, url: str, context: ssl.SSLContext, first: Tree) -> None:
        """Open the class, or come back to it."""
        address = f"{url.replace('https', 'wss', 1)}ws"
        opened = connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], ssl=context, max_queue=None, proxy=None)
        self._socket = ExitStack().enter_context(opened)  # until the walk ends
        self._ids = itertools.count(1)
        self._socket.send(json.dumps(first))
        welcome = json.loads(self._socket.recv(PATIENCE_S))
        self.code, self.token = welcome["room"], welcome["host_token"]
        self.table, self.hand = welcome["table"], welcome["hand"]

    def send(self, name: str, /, **args: object) -> Tree:
        """Send a command; return its result."""
        id = f"{name}-{next(self._ids)}"
        self._socket.send(json.dumps({"type": "command", "id": id, "name": name, "args": args}))
        while True:
            frame = self._hear(PATIENCE_S)
            if frame["type"] == "result" and frame["id"] == id:
                return frame

    def do(self, name: str, /, **args: object) -> Tree:
        """Send a command that has to be taken; return its data."""
        result = self.send(name, **args)
        assert result["ok"], result
        return dict(result.get("data") or {})

    def look(self) -> Teacher:
        """Take in all that has been told meanwhile."""
        try:
            while True:
                self._hear(0.05)
        except TimeoutError:
            return self

    def _hear(self, seconds: float) -> Tree:
        frame: Tree = json.loads(self._socket.recv(seconds))
        if frame["type"] == "update":
            apply(self.table, frame.get("table") or {})
            apply(self.hand, frame.get("hand") or {})
        return frame

    @property
    def tables(self) -> dict[str, Tree]:
        """Return the tables as they stand, by number."""
        return dict(self.look().table["tables"])

    def find(self, name: str) -> Tree | None:
        """Return somebody of the class by name, with the number."""
        people = self.look().hand["person"].items()
        return next(({"number": int(key), **each} for key, each in people if each["name"] == name), None)

    def person(self, name: str) -> Tree:
        """Return somebody who sits at a table, once the class has told so."""
        until = time.monotonic() + PATIENCE_S
        while not (found := self.find(name)) or "table" not in found:
            assert time.monotonic() < until, f"no {name}"
            time.sleep(0.2)
        return found


class Walk:
    """What is there to walk with."""

    def __init__(self, folder: Path, url: str, context: ssl.SSLContext, platform: Platform, browser: Browser) -> None:
        """Open the class."""
        self.folder, self.url, self.context, self.platform, self.browser = folder, url, context, platform, browser
        options = {"timers": {"scale": SCALE}}
        laid = {"people": TABLES * AT_A_TABLE, "table": AT_A_TABLE, "name": "10b"}
        create = {"type": "create", "scenario": "classroom", "options": options, "class": laid}
        self.teacher = Teacher(url, self.context, create)
        self.phones: dict[str, Page] = {}
        self.bots: subprocess.Popen[bytes] | None = None
        self._shot = itertools.count(1)

    def page(self, path: str, size: tuple[int, int]) -> Page:
        """Open a page of the server in a browser of its own."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", ignore_https_errors=True
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.goto(f"{self.url}{path}")
        return page

    def phone(self, name: str) -> Page:
        """Have somebody join with a phone."""
        page = self.phones[name] = self.page(f"#/j/{self.teacher.code}", PHONE)
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Take a seat").click()
        page.locator(".tabs").wait_for()
        return page

    def shoot(self, page: Page, what: str) -> None:
        """Leave a picture in the folder."""
        page.screenshot(path=self.folder / f"{next(self._shot):02d}-{what}.png")

    def play_until(self, ready: Callable[[dict[str, Tree]], bool], patience_s: int = 600) -> None:
        """Let the people of the phones answer with the yellow button, until the tables stand as they should."""
        until = time.monotonic() + patience_s
        while not ready(self.teacher.tables):
            assert time.monotonic() < until, self.teacher.tables
            for page in self.phones.values():
                page.evaluate(_ON)
            time.sleep(0.5)

    def get(self, path: str) -> bytes:
        """Return what the server answers to the teacher."""
        asked = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": f"Bearer {self.teacher.token}"})  # noqa: S310  (our own server)
        with urllib.request.urlopen(asked, context=self.context, timeout=PATIENCE_S) as answer:  # noqa: S310
            return bytes(answer.read())


def said(what: str) -> None:
    """Say what was seen."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {what}\n")
    sys.stdout.flush()


def positions(tables: dict[str, Tree]) -> set[tuple[int, str]]:
    """Return where the games are that go on."""
    return {(table["season"], table["phase"]) for table in tables.values() if table["status"] == "running"}


def people_come(walk: Walk) -> tuple[Student, str]:
    """Let four join, one come by the course, and bots take all seats but one a table; return the course's teacher."""
    teacher, platform = walk.teacher, walk.platform
    teacher.do("class.in_step", on=True)
    course = Student(platform)
    first = course.open(**AS_TEACHER)
    page = course.post(
        "/lti/bind", ticket=ticket_of(first), link=f"{platform.tool}/#/class/{teacher.code}/{teacher.token}"
    )
    assert page.status_code == 200, page.text
    for name in ("Ana", "Bo", "Cy", "Di"):
        walk.phone(name)
    launched = Student(platform).open(sub="lee", given_name="Lee", name="Lee")
    assert launched.status_code == 303, launched.text
    lee = walk.phones["Lee"] = walk.page(launched.headers["location"].removeprefix(walk.url), PHONE)
    lee.locator(".tabs").wait_for()
    count = TABLES * (AT_A_TABLE - 1) - len(walk.phones)
    link = f"{walk.url}#/j/{teacher.code}"
    command = [sys.executable, "-m", "makersphere_cli.main", "bots", link, "--count", str(count), "--think", "human"]
    trusting = {**os.environ, "SSL_CERT_FILE": str(platform.ca)}
    walk.bots = subprocess.Popen(command, env=trusting, stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while sum(table["dealt"] for table in teacher.tables.values()) < count + len(walk.phones):
        assert time.monotonic() < until, teacher.tables
        time.sleep(0.5)
    dealt = [table["dealt"] for table in teacher.tables.values()]
    assert max(dealt) - min(dealt) <= 1, dealt
    said(f"{sum(dealt)} people are dealt to {TABLES} tables: {dealt}; Lee came by the course")
    return course, ticket_of(page)


def one_season(walk: Walk) -> None:
    """Play it with an assistant, all tables together."""
    teacher = walk.teacher
    console = walk.page(f"#/class/{teacher.code}/{teacher.token}", CONSOLE)
    wall = walk.page(f"#/s/{teacher.code}", PROJECTOR)
    token = teacher.do("class.invite", rank="assistant", name="Sam")["host_token"]
    assistant = Teacher(walk.url, walk.context, {"type": "resume", "room": teacher.code, "host_token": token})
    teacher.do("host.start")
    assistant.do("host.pause", table=2)
    assert teacher.look().table["tables"]["2"].get("paused"), "the assistant pauses"
    refused = assistant.send("class.erase_person", person=1)
    assert refused["error"]["code"] == "not_your_role", refused
    assistant.do("host.resume", table=2)
    said("an assistant pauses one table and lets it go on, and may erase nobody")
    seen: set[int] = set()

    def season_two(tables: dict[str, Tree]) -> bool:
        seen.add(len(positions(tables)))
        return {season for season, _ in positions(tables)} == {2}

    walk.play_until(season_two)
    assert seen <= {1, 2}, seen
    said(f"a season is over at all tables, which were in at most {max(seen)} phases at any time")
    walk.shoot(console, "console")
    walk.shoot(wall, "wall")


def two_seasons_more(walk: Walk) -> None:
    """Somebody comes late, somebody is moved, somebody is erased; then to the end."""
    teacher = walk.teacher
    walk.phone("Eve")
    eve = teacher.person("Eve")
    said(f"Eve comes late and sits at table {eve['table']}")
    bo = teacher.person("Bo")
    to = next(int(n) for n, table in teacher.tables.items() if int(n) != bo["table"] and table["dealt"] < AT_A_TABLE)
    before = teacher.tables[str(to)]["room"]
    teacher.do("class.move", person=bo["number"], to=to)
    walk.phones["Bo"].wait_for_function("room => location.hash.includes(room)", arg=before)
    said(f"Bo is moved from table {bo['table']} to {to}, and the phone goes there by itself")
    cy = teacher.person("Cy")
    teacher.do("class.erase_person", person=cy["number"])
    walk.phones.pop("Cy").close()
    assert teacher.find("Cy") is None
    said("Cy is erased by the lead while the game goes on")
    walk.shoot(walk.phones["Bo"], "phone-that-was-moved")
    walk.play_until(lambda tables: all(table["status"] == "over" for table in tables.values()))
    walk.shoot(walk.phones["Ana"], "phone-at-the-end")


def afterwards(walk: Walk, course: Student, ticket: str) -> None:
    """Compare the tables, take lines home, and send the score to the course."""
    teacher, code = walk.teacher, walk.teacher.code
    began = time.monotonic()
    compared = json.loads(walk.get(f"api/classes/{code}/compare"))
    took = time.monotonic() - began
    assert [table["table"] for table in compared["tables"]] == list(range(1, TABLES + 1))
    assert took <= 10, took
    said(f"{TABLES} tables are compared {took:.1f} s after the last end")
    teacher.do("class.wall", table=0, compare=True)
    wall = walk.page(f"#/s/{code}", PROJECTOR)
    wall.wait_for_timeout(3_000)
    walk.shoot(wall, "comparison")
    for what in ("students", "term"):
        body = walk.get(f"api/classes/{code}/compare/{what}").decode("utf-8-sig")
        names = {row["name"] for row in csv.DictReader(io.StringIO(body))}
        assert {"Ana", "Bo", "Di", "Eve"} <= names, names
        assert "Cy" not in names, names
    said("students.csv and term.csv have Ana, Bo, Di and Eve, and no Cy")
    page = course.post("/lti/send", ticket=ticket, idle="count")
    assert page.status_code == 200, page.text
    until = time.monotonic() + PATIENCE_S
    while not walk.platform.scores:
        assert time.monotonic() < until, "no score came"
        time.sleep(0.2)
    (score,) = walk.platform.scores
    assert score["userId"] == "lee"
    assert not walk.platform.wrongs, walk.platform.wrongs
    said(f"the course has Lee's score: {score['scoreGiven']} of {score['scoreMaximum']}")


def nothing_is_left(walk: Walk, data: Path, rooms: list[str]) -> None:
    """See that no file has the name of who was erased, and that every table verifies."""
    left = [path.name for path in data.rglob("*") if path.is_file() and b'"Cy"' in path.read_bytes()]
    assert not left, left
    for room in rooms:
        command = [sys.executable, "-m", "makersphere_cli.main", "verify", room, "--data", str(data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    said(f"no file has Cy's name, and all {len(rooms)} tables verify")


def main(out: Path) -> None:
    """Walk."""
    out.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder, port = Path(temporary), free_port()
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "both.pem"))
        platform = Platform(folder, authority, f"https://127.0.0.1:{port}")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags())
        trusts = ssl.create_default_context(cafile=str(platform.ca))
        own = ("--tls-cert", str(folder / "both.pem"), "--lti", str(platform.file))
        with serving(folder, *own, port=port, trusts=trusts) as url:
            walk = Walk(out, url, trusts, platform, browser)
            try:
                course, ticket = people_come(walk)
                one_season(walk)
                two_seasons_more(walk)
                afterwards(walk, course, ticket)
            finally:
                if walk.bots is not None:
                    walk.bots.terminate()
            rooms = [table["room"] for table in walk.teacher.tables.values()]
        browser.close()
        platform.stop()
        nothing_is_left(walk, folder / "rooms", rooms)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
