"""The terminal client in a room: what it shows and sends, in every chair, and when the link or the seat is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from makersphere_clients.terminal.colours import DARK
from makersphere_clients.terminal.forms.confirm import ConfirmScreen
from makersphere_clients.terminal.forms.fields import NumberField
from makersphere_clients.terminal.forms.form import Field
from makersphere_clients.terminal.forms.form_screen import FormScreen
from makersphere_clients.terminal.room_screen import RoomScreen
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Join, Problem, Result, Resume, Update, Watch, Welcome, You
from tests.clients.fake import Caller, fake_server
from tests.clients.terminal.driver import at_terminal, seated, shown

COUNT = {
    "count": {
        "type": "object",
        "properties": {"by": {"type": "integer", "minimum": 1, "maximum": 9}},
        "required": ["by"],
    }
}
TABLE = {"game": {"status": "running", "season": 1, "seasons": 2, "phase": "count"}, "clock": {"deadline": 91_000}}


async def opened(caller: Caller, legal: Mapping[str, object], *, diverged: bool = False) -> None:
    """Greet seat 1 with a hand that may send `legal`."""
    await caller.hear()
    table = {**TABLE, "seat": {"1": {"id": 1, "role": "player", "name": "Ann", "by": "person"}}}
    you = You("seat", 1, "player")
    hand = {"legal": dict(legal)}
    await caller.send(Welcome("R", 1, 1, 1_000, you, 1, "token", table=table, hand=hand, diverged=diverged))


# -- chairs


async def test_a_watcher_reads_the_table_and_the_log(tmp_path: Path) -> None:
    """No hand, no commands: whom the room waits for, the pieces, and what happened."""
    async with seated(tmp_path, Watch, waiting=True) as at:
        lobby = await at.press("1")
        assert "1 of 6 seats taken" in lobby
        assert (await at.host.command("host.start")).ok
        await at.until(lambda: at.view.status == "running")

        assert "⌂ North Hall" in await at.press("2")
        assert "Season 1: Policy." in await at.press("6")
        assert at.commands == []


async def test_a_host_leads_by_keys_and_dangerous_things_ask_once(tmp_path: Path) -> None:
    """Start, pause, more time, a word to all, the seats, the end: each by keyboard."""
    async with seated(tmp_path, Resume, waiting=True) as at:
        assert "http://here/#/j/ROOM" in await at.press("1")
        assert "a new seat 7" in await at.open("host.seat")
        await at.press("escape")
        await at.press("s")
        assert "E +30 s  N close phase" in await at.until_shown("P pause")
        await at.press("p")
        assert "Paused" in await at.until_shown("Paused")
        await at.press("p")
        await at.until(lambda: not at.view.single("clock").get("paused"))
        before = at.view.single("clock")["deadline"]
        await at.press("e")
        await at.until(lambda: at.view.single("clock").get("deadline", 0) > before)

        await at.open("host.announce")
        await at.press(*"Two", "space", *"minutes", "enter")
        assert "From the host: Two minutes" in await at.until_shown("Two minutes")
        assert "⦿" in await at.press("2")
        await at.press("enter")
        await at.until_shown("Message to one seat")
        await at.press("down", "enter")
        await at.until_shown("It is written in the log.")
        await at.press("enter")
        await at.until_shown("How do you open?")
        await at.press("escape", "1")

        await at.open("host.end")
        await at.until_shown("End the game now?")
        await at.press("enter")  # the focus is on "Not yet"
        assert at.view.status == "running"
        await at.open("host.end")
        await at.until_shown("End the game now?")
        await at.press("down", "enter")
        assert "The end" in await at.until(lambda: at.view.status == "over")

        await at.until_drawn(lambda: "show:ranking" in at.commands)
        await at.choose("show:ranking")
        await at.until(lambda: at.view.single("show") == {"scene": "ranking", "step": 2, "opened": 3})
        await at.until_drawn(lambda: "show:ranking" not in at.commands)


async def test_the_language_changes_while_one_plays(tmp_path: Path) -> None:
    """Every text of the page is Chinese after one key, and English after another."""
    async with seated(tmp_path, lambda room: Join(room, "小美", "investor"), language="zh") as at:
        assert (await at.host.command("host.start")).ok
        chinese = await at.until_shown("外面有什么变化")
        assert "投资人 小美" in chinese
        assert "到时间还没选" in chinese

        english = await at.press("l")
        assert "What changed in the world?" in english
        assert "If time runs out" in english


async def test_a_small_terminal_shows_everything_that_matters(tmp_path: Path) -> None:
    """At 80 by 24: who, where, clock, purse, pages, question, choices, default and keys, none of them cut."""
    async with seated(tmp_path, lambda room: Join(room, "Mina", "maker")) as at:
        assert (await at.host.command("host.start")).ok
        await at.until(lambda: at.phase == (1, "policy"))
        await at.press("r")
        await at.until(lambda: at.phase == (1, "admission"))
        lines = (await at.until_shown("Which idea will you make?")).splitlines()

        assert lines[0].startswith(" ⬢ Maker Mina")
        assert re.search(r"1/2 Admission  ·  \d:\d\d", lines[0])
        assert lines[1].strip().endswith("5 spirit")
        assert lines[2] == " 1 Now 2 Offers 3 Spaces 4 Makers 5 Ventures 6 Investors 7 Mine 8 Log 9 Rules"
        assert [line.strip() for line in lines if line.strip() in ("Keep this idea", "Pitch here")] == [
            "Keep this idea",
            "Pitch here",
        ]
        assert lines[-2].strip().startswith("If time runs out: you keep")
        assert lines[-1].strip() == "1\N{EN DASH}9/←→ pages  ↑↓ Enter choose  R ready  A ask the host  L 中文  Q leave"
        assert len(lines) == 24
        form = await at.open("keep_idea")
        assert "◉" in form
        assert "Appeal" in form


async def test_keys_do_the_same_as_capitals() -> None:
    """As the footer writes them, and with Caps Lock on."""

    async def script(caller: Caller) -> None:
        await opened(caller, COUNT)
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        assert "离开" in await at.press("L")
        assert "leave" in await at.press("l")
        assert isinstance((await at.press("Q"), at.app.screen)[1], ConfirmScreen)


# -- sending


async def test_a_number_is_changed_by_keys_within_its_bounds_and_its_refusal_stands_at_the_field() -> None:
    """Typed or stepped, never past the bounds; a refusal keeps the entry; what is sent is what stands there."""

    async def script(caller: Caller) -> None:
        await opened(caller, COUNT)
        for refused in (True, False):
            while (frame := await caller.hear())["type"] != "command":
                await caller.send(Result(frame["id"], ok=True, now=1_000, preview={}))
            problem = Problem("rule", "The total must stay under 5.", "by") if refused else None
            await caller.send(Result(frame["id"], ok=not refused, now=1_000, seq=2, error=problem))
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        await at.open("count")
        await at.until_shown("1 to 9")
        form = at.app.screen
        assert isinstance(form, FormScreen)
        assert "1 to 9" in await at.press("right", "right")
        assert form.args == {"by": 3}
        await at.press("backspace", "9", "9")
        assert form.args == {"by": 9}
        await at.press("enter")
        assert "✗ The total must stay under 5." in await at.until_shown("must stay under")
        assert isinstance(at.app.focused, NumberField)
        await at.press("home", "enter")
        await at.until_drawn(lambda: not isinstance(at.app.screen, FormScreen))

    sent = [frame["args"] for frame in fake.heard[0] if frame["type"] == "command"]
    assert sent == [{"by": 9}, {"by": 1}]


async def test_a_holding_is_said_and_typed_in_per_cent() -> None:
    """What the contract counts in hundredths of a per cent nobody has to reckon with."""
    field = NumberField(Field("shares", "number", required=False, hi=4000), None, Words("en"), DARK, str, str)

    class OneField(App[None]):
        def compose(self) -> ComposeResult:
            yield field

    async with OneField().run_test() as pilot:
        field.focus()
        await pilot.press("3", "5")
        assert (field.value, "35%" in str(field.render()), "0% to 40%" in str(field.render())) == (3500, True, True)
        await pilot.press("shift+right")
        assert (field.value, "35.1%" in str(field.render())) == (3510, True)
        await pilot.press("backspace", "9", "9")
        assert field.value == 4000


async def test_a_form_closes_when_its_command_is_gone() -> None:
    """The phase has closed over it: nothing is sent any more."""

    async def script(caller: Caller) -> None:
        await opened(caller, COUNT)
        await caller.hear()  # the preview: the form is open
        await caller.send(Update(2, 1_000, hand={"legal": {"count": None}}))
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        await at.open("count")
        await at.until_drawn(lambda: not isinstance(at.app.screen, FormScreen))

        assert "That phase is over" in shown(at.app)
        assert all(frame["type"] != "command" for frame in fake.heard[0])


# -- the link


async def test_a_lost_link_is_said_doubted_and_comes_back_without_a_word() -> None:
    """The clock gets a question mark and a sentence says so; afterwards nothing is left of it."""

    async def lose(caller: Caller) -> None:
        await opened(caller, COUNT)
        caller.cut()

    is_seen = asyncio.Event()

    async def back(caller: Caller) -> None:
        await caller.hear()
        await is_seen.wait()
        await caller.send(Welcome("R", 1, 1, 1_000, You("seat", 1, "player"), 1, resumed=True))
        await caller.stay()

    async with fake_server(lose, back) as fake, at_terminal(fake.url, silence_s=-1.0) as at:
        lost = await at.until_shown("No answer from the server.")
        assert "?" in lost.splitlines()[0]

        is_seen.set()
        await at.until_drawn(lambda: "No answer" not in shown(at.app))
        assert "?" not in shown(at.app).splitlines()[0]
        assert [frames[0]["type"] for frames in fake.heard] == ["join", "resume"]


async def test_a_server_that_went_back_to_an_older_copy_is_said() -> None:
    """Who had seen more reads that the last choices may be gone, and sees what the room has."""

    async def lose(caller: Caller) -> None:
        await opened(caller, COUNT)
        caller.cut()

    async def other(caller: Caller) -> None:
        await opened(caller, COUNT, diverged=True)
        await caller.stay()

    async with fake_server(lose, other) as fake, at_terminal(fake.url) as at:
        await at.until_shown("What you chose last may be gone.")


@pytest.mark.parametrize(
    ("is_known", "sentence"),
    [(True, "175 commands are missing, numbers 4 to 178"), (False, "175 commands may be missing, numbers 4 to 178")],
)
async def test_a_host_reads_what_the_server_misses(is_known: bool, sentence: str) -> None:  # noqa: FBT001
    """A room that is behind waits for its host, who reads how much is missing and which key lets it go on.

    What a seat alone says is not told as a fact.
    """

    async def script(caller: Caller) -> None:
        await caller.hear()
        table = {"game": {"status": "running", "season": 1, "phase": "count"}, "clock": {"paused": True}}
        table["seat"] = {"1": {"id": 1, "role": "player", "name": "Ann", "by": "person"}}
        lost = {"from": 4, "to": 178}
        missing = {**lost, "known": lost} if is_known else {**lost, "by": {"1": 178}}
        hand = {"behind": missing, "host": {"behind": True}, "legal": {"host.resume": {}}}
        hand["asks_in"] = {"1": {"name": "Lou", "seat": 1}}
        await caller.send(Welcome("R", 1, 3, 1_000, You("host"), 1, host_token="h", table=table, hand=hand))  # noqa: S106
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        said = await at.until_shown("until you decide.")
        assert sentence in " ".join(said.split())
        assert "P go on" in said

        # the rest would be refused
        assert not any(key in said for key in ("P pause", "E +30 s", "N close phase"))
        assert at.commands == ["command:host.resume"]
        await at.press("2", "enter")
        assert isinstance(at.app.screen, RoomScreen)


async def test_a_table_that_waits_for_the_others_of_its_class_says_so() -> None:
    """Nobody at it is still choosing, and yet the phase goes on: the line that is read at once has the reason."""

    async def script(caller: Caller) -> None:
        await caller.hear()
        table = {"game": {"status": "running", "season": 1, "phase": "count"}, "room": {"waits": True}}
        table["seat"] = {"1": {"id": 1, "role": "player", "name": "Ann", "by": "person", "ready": True}}
        await caller.send(Welcome("R", 1, 3, 1_000, You("host"), 1, host_token="h", table=table, hand={}))  # noqa: S106
        await caller.stay()

    async with fake_server(script) as fake, at_terminal(fake.url) as at:
        assert "This table is done; it waits for the other tables." in await at.until_shown("waits for the other")


async def test_a_seat_taken_over_elsewhere_is_not_fought_for() -> None:
    """A sentence says so, and playing here instead is one key."""

    async def script(caller: Caller) -> None:
        await opened(caller, COUNT)
        await caller.close(4409)

    async with fake_server(script) as fake, at_terminal(fake.url, silence_s=-1.0) as at:
        ended = await at.until_shown("You're playing on another screen now.")

        assert "Play here instead" in ended
        assert not at.app.is_lost  # as if it were still trying
        await at.press("enter")
        assert at.app.return_value == "again"
