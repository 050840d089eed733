"""The parts of the terminal client that are pure: addresses, kept chairs, forms, colours, and what nobody draws."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import pytest

from makersphere_clients.connection import ConnectionEnded
from makersphere_clients.terminal.address import NoAddress, address
from makersphere_clients.terminal.app import ended_text
from makersphere_clients.terminal.chairs import Chairs
from makersphere_clients.terminal.colours import DARK, LIGHT
from makersphere_clients.terminal.forms.form import Args, Form, form_of, known_args
from makersphere_clients.terminal.frame import header
from makersphere_clients.terminal.page import Scene
from makersphere_clients.terminal.pages.now import question
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words, minutes, number, percent
from makersphere_protocol import texts
from makersphere_protocol.messages import You
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.model.people.hosts import RANKS

WEB = Path(__file__).parents[3] / "clients" / "web" / "src" / "styles" / "tokens.css"


def test_a_host_is_offered_what_the_rank_may_send() -> None:
    """A lead has no list and is offered all; so is a host of a server that tells no ranks."""
    hand = {"legal": {"host.pause": {}, "host.end": {}}, "chair": {"1": {"rank": "lead"}, "2": {"may": ["host.pause"]}}}
    assert set(View({}, hand, You("host", member=1)).legal) == {"host.pause", "host.end"}
    assert set(View({}, hand, You("host", member=2)).legal) == {"host.pause"}
    assert set(View({}, {"legal": hand["legal"]}, You("host")).legal) == {"host.pause", "host.end"}
    console: dict[str, Any] = {"legal": {"host.pause": {}, "host.erase_person": {}, "host.end_at": {}}}
    assert set(View({}, console, You("host")).legal) == {"host.pause"}  # what the console alone can ask well


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_command_and_rank_of_hosts_has_a_name(language: str) -> None:
    """Nobody reads how the wire calls it."""
    words = Words(language)
    assert [name for name in HOST_COMMANDS if words.command(name) == name] == []
    names = Names(View({}, {}, You("host")), words)
    assert [rank for rank in RANKS if names.value("rank", rank) == rank] == []


# -- addresses


@pytest.mark.parametrize(
    ("typed", "url", "chair", "token"),
    [
        ("http://host:8000/#/j/K7QFABC", "ws://host:8000/ws", "seat", ""),
        ("https://play.example/game/#/s/k7qfabc", "wss://play.example/game/ws", "watch", ""),
        ("http://host:8000/#/c/K7QFABC", "ws://host:8000/ws", "host", ""),
        ("http://[::1]:8000/#/r/K7QFABC/secret", "ws://[::1]:8000/ws", "host", "secret"),
        ("host:8000 K7QFABC", "ws://host:8000/ws", "seat", ""),
        ("  host:8000   ｋ７ｑｆａｂｃ ", "ws://host:8000/ws", "seat", ""),  # noqa: RUF001  (a Chinese keyboard)
    ],
)
def test_a_link_or_a_server_and_a_code_lead_to_a_room(typed: str, url: str, chair: str, token: str) -> None:
    """Whatever the big screen shows or a browser copies is understood."""
    found = address(typed)
    assert (found.url, found.room, found.chair, found.token) == (url, "K7QFABC", chair, token)
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "link"),
        ("host:port K7QFABC", "link"),
        ("ftp://host/#/j/K7QFABC", "link"),
        ("http://me@host/#/j/K7QFABC", "link"),
        ("http://host/#/check", "link"),
        ("a b c", "link"),
        ("host:8000", "code"),
        ("host:8000 K7QF", "code"),
    ],
)
def test_what_leads_nowhere_is_said(typed: str, why: str) -> None:
    """The link is wrong, or the code is."""
    with pytest.raises(NoAddress) as wrong:
        address(typed)
    assert wrong.value.why == why


# -- chairs


def test_chairs_are_kept_for_their_owner_alone_and_the_oldest_go_first(tmp_path: Path) -> None:
    """A seat and a host's chair of one room are two; a file of another hand is an empty one."""
    chairs = Chairs(tmp_path / "new")
    seat, host = address("host:8000 K7QFABC"), address("http://host:8000/#/c/K7QFABC")
    chairs.keep(seat, "old", "Mina")
    chairs.keep(host, "chair")
    chairs.keep(seat, "new", "Mina")
    file = tmp_path / "new" / "chairs.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [held.token for held in (chairs.find(seat), chairs.find(host)) if held] == ["new", "chair"]
    chairs.forget(seat)
    assert chairs.find(seat) is None
    for other in range(20):
        chairs.keep(address(f"host:{9000 + other} K7QFABC"), "t")
    assert chairs.find(host) is None
    file.write_text("{")
    assert chairs.find(address("host:9000 K7QFABC")) is None


def test_each_name_has_a_seat_of_its_own_on_a_shared_machine(tmp_path: Path) -> None:
    """Without a name it is the seat that was taken last; a name is found as a room would read it."""
    chairs, room = Chairs(tmp_path), address("host:8000 K7QFABC")
    chairs.keep(room, "ann's", "Ann")
    chairs.keep(room, "bert's", "Bert")
    chairs.keep(room, "ann's newer", "ann")

    found = [chairs.find(room, name) for name in ("", "ANN", "Bert", "Cleo")]
    assert [held.token if held else None for held in found] == ["ann's newer", "ann's newer", "bert's", None]
    chairs.forget(room, "Ann")
    assert [held.name if held else None for held in (chairs.find(room), chairs.find(room, "Ann"))] == ["Bert", None]


# -- forms


def read(properties: dict[str, object], hand: dict[str, object] | None = None, sums: object = ()) -> Form:
    """Return the form of a command `go` whose fields must all be filled."""
    schema = {"type": "object", "properties": properties, "required": list(properties), "x-sum": sums}
    return form_of("go", schema, View({}, hand or {}, You("seat", 1, "player")))


@pytest.mark.parametrize(
    ("schema", "begins", "sort"),
    [
        ({"type": "integer", "minimum": 3, "maximum": 9}, 3, "number"),
        ({"type": "integer", "minimum": -4, "maximum": -1}, -1, "number"),
        ({"enum": ["b", "a"]}, "b", "choice"),
        ({"$ref": "#/choices/some"}, 5, "choice"),
        ({"const": 7}, 7, "choice"),
        ({"type": "boolean"}, True, "choice"),
        ({"type": "array", "items": {"$ref": "#/choices/some"}, "uniqueItems": True, "maxItems": 2}, [], "order"),
        (
            {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 9}, "minItems": 3}
            | {"x-sum": {"min": 10, "max": 10}},
            [4, 3, 3],
            "row",
        ),
        ({"type": "string", "maxLength": 5}, "", "text"),
        ({"type": "something new"}, "", "text"),
    ],
)
def test_every_sort_of_field_has_its_place(schema: dict[str, object], begins: object, sort: str) -> None:
    """And begins where it may be sent, as far as that can be known."""
    form = read({"x": schema}, {"choices": {"some": {"enum": [5, 6]}}})
    assert form.fields[0].sort == sort
    assert form.begin([], {})["x"] == begins


def test_a_form_begins_with_what_was_chosen_then_with_the_default_of_its_target() -> None:
    """What no longer fits today's bounds is left behind."""
    hand = {
        "default": {"go:2": {"v": 2, "hours": 4}, "go:3": {"v": 3, "hours": 9}},
        "choice": {"1:go:2": {"seat": 1, "command": "go", "target": "2", "args": {"v": 2, "hours": 1}}},
    }
    view = View({}, hand, You("seat", 1, "player"))
    form = read({"v": {"enum": [2, 3]}, "hours": {"type": "integer", "minimum": 0, "maximum": 5}})
    known: list[Args] = known_args(view, "go")

    assert form.begin(known, {}) == {"v": 2, "hours": 1}
    assert form.begin(known, {"v": 3}) == {"v": 3, "hours": 0}


def test_sums_and_bounds_say_in_words_what_is_missing() -> None:
    """A bound over several fields, a row that does not add up, a number that was typed too small."""
    hours = {"type": "integer", "minimum": 0, "maximum": 9}
    form = read({"a": hours, "b": hours}, sums=[{"fields": ["a", "b"], "min": 0, "max": 10}])
    row = read({"w": {"type": "array", "items": hours, "minItems": 2, "x-sum": {"min": 5, "max": 5}}})

    assert form.trouble({"a": 9, "b": 1}, Words("en")) == ""
    assert form.trouble({"a": 9, "b": 2}, Words("en")) == "a + b: 11, must lie between 0 and 10."
    assert form.trouble({"a": 10, "b": 0}, Words("en")) == "a: 0 to 9"
    assert row.trouble({"w": [2, 2]}, Words("en")) == "w: 4 of 5"


# -- words and colours


def test_numbers_read_as_people_write_them() -> None:
    """Time is rounded up to whole seconds, shares to a tenth of a per cent."""
    assert [minutes(ms) for ms in (0, 1, 59_001, 61_000)] == ["0:00", "0:01", "1:00", "1:01"]
    said = ["0%", "1%", "10%", "19%", "30%", "31.5%", "36%", "60.7%"]
    assert [percent(shares) for shares in (0, 95, 1004, 1899, 3000, 3150, 3596, 6066)] == said
    assert Words("en").count("ui.host.advance.text", 1).startswith("1 seat has not")
    assert (number(-1400), Words("en")("ui.final.better_than", n=-21)) == (
        "\N{MINUS SIGN}1,400",
        "above \N{MINUS SIGN}21%",
    )


def test_colours_are_those_of_the_web_client() -> None:
    """The same colours in both: each colour has the value that the design's tokens give it."""
    css = WEB.read_text(encoding="utf-8")
    light, dark = css.split('[data-theme="dark"]', 1)
    for colours, block in ((LIGHT, light), (DARK, dark)):
        tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        assert {name: tokens.get(name, value) for name, value in colours.items()} == colours
        assert {"ink", "maker", "investor", "operator", "tape"} <= tokens.keys()


def test_every_text_that_the_terminal_asks_for_is_there() -> None:
    """Each key that is written out in its sources has a text in both languages."""
    sources = Path(__file__).parents[3] / "clients" / "makersphere_clients" / "terminal"
    asked = {
        key
        for file in sources.rglob("*.py")
        for key in re.findall(r'"((?:ui|terminal|term|phase|choice|log)\.[a-z_.0-9]+)"', file.read_text("utf-8"))
        if key != "terminal.tcss"
    }
    kinds = tuple(f"{key}." for key in ("ui.proposal.state", "ui.theme", "ui.console.hosts.rank"))  # beginnings of keys
    known = {lang: texts.catalogue(lang) for lang in texts.languages()}
    missing = {(key, lang) for key in asked for lang in known if key not in known[lang] and f"{key}." not in kinds}
    assert missing == set()


# -- the question


@pytest.mark.parametrize(
    ("phase", "role", "legal", "asked"),
    [
        ("admission", "maker", ("keep_idea", "pitch"), "Which idea will you make?"),
        ("admission", "maker", ("pitch", "close_venture"), "Stay or move?"),
        ("admission", "investor", ("apply", "hear_pitch"), "Which spaces will you serve?"),
        ("admission", "investor", ("hear_pitch",), "Whose pitch do you want to hear?"),
        ("market", "maker", ("set_price", "forecast"), "What will you charge?"),
        ("market", "maker", ("forecast",), "Who will sell most in the end?"),
        ("market", "operator", ("forecast",), "Who will sell most in the end?"),
        ("weather", "maker", (), "What do you do?"),
    ],
)
def test_the_question_is_the_one_that_the_seat_can_answer(
    phase: str, role: str, legal: tuple[str, ...], asked: str
) -> None:
    """As on a phone: who has a venture chooses no idea, who has nothing to sell names no price."""
    table = {"game": {"status": "running", "phase": phase}, "seat": {"1": {"id": 1, "role": role}}}
    view = View(table, {"legal": {name: {} for name in legal}}, You("seat", 1, role))
    assert question(Scene(view, Words("en"), DARK, (), "")) == asked


@pytest.mark.parametrize(
    ("modules", "role", "legal", "asked"),
    [
        (("clearinghouse", "negotiation"), "maker", ("set_floor", "rank"), "maker maker.clearinghouse"),
        (("clearinghouse", "negotiation"), "investor", ("send_terms", "rank"), "investor investor.clearinghouse"),
        (("clearinghouse", "negotiation"), "maker", ("rank",), "maker.clearinghouse"),
        (("negotiation",), "maker", ("answer_terms",), "maker.both"),
        (("auction", "planner"), "investor", ("bid", "take_part"), "investor.auction investor.planner"),
        (
            ("auction", "auction_hours"),
            "maker",
            ("call_auction", "call_auction_hours"),
            "maker.auction maker.auction_hours",
        ),
        (("clearinghouse_capital", "clearinghouse"), "maker", (), "maker"),
        (("negotiation", "clearinghouse"), "operator", ("push",), "operator"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_way_of_matching_has_its_question(
    modules: tuple[str, ...], role: str, legal: tuple[str, ...], asked: str, language: str
) -> None:
    """As in the halves of a phone: one for money and one for hours, where the seat can do something."""
    table = {
        "game": {"status": "running", "phase": "matching"},
        "seat": {"1": {"id": 1, "role": role}},
        "module": {name: {"phase": "matching"} for name in modules},
    }
    view, words = View(table, {"legal": {name: {} for name in legal}}, You("seat", 1, role)), Words(language)
    expected = words.in_a_row(words(f"question.matching.{key}") for key in asked.split())
    assert question(Scene(view, words, DARK, (), "")) == expected


# -- the clock


@pytest.mark.parametrize(
    ("clock", "is_dated"),
    [({"dated": True}, True), ({}, False), ({"dated": True, "paused": True, "remaining_ms": 90_000_000}, False)],
)
def test_a_date_that_is_not_near_is_told_as_a_date(clock: dict[str, Any], is_dated: bool) -> None:  # noqa: FBT001
    """Not as 1,500 minutes and a tape; a clock without a date is told as ever."""
    table = {"game": {"status": "running", "season": 1}, "clock": {"deadline": 90_000_000, **clock}}
    said = header(Scene(View(table, {}, You("watcher")), Words("en"), DARK, (), ""), "K7QF234", 0, lost=False).plain
    assert ("1500:00" in said) is not is_dated
    assert bool(re.search(r"until \d{4}-\d\d-\d\d \d\d:\d\d$", said)) is is_dated


# -- what others wrote


def test_nothing_that_others_wrote_acts_on_the_terminal() -> None:
    """Names, words and reasons are drawn without orders to the terminal, also where an older server lets them pass."""
    evil, drawn = "A\x1b[2Jn\u202en\x07", "A[2Jnn"
    words = Words("en")
    view = View({"seat": {"1": {"id": 1, "role": "player", "name": evil}}}, {}, You("watcher"))
    scene = Scene(view, words, DARK, (), "")
    assert scene.names.seat(1) == drawn
    assert scene.names.value("text", evil) == drawn
    assert words("log.announced", text=evil) == words("log.announced", text=drawn)
    removed = ConnectionEnded("removed", evil)
    assert ended_text(removed, words, is_host=False) == words("ui.ended.removed.reason", reason=drawn)
    assert ended_text(ConnectionEnded("bad_name", evil), words, is_host=False) == drawn
