"""Plain requests: what is served, with which headers, and what is not."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_protocol import schema, texts
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import (
    At,
    ClientFrame,
    Command,
    Create,
    Join,
    Options,
    Preview,
    Resume,
    Timers,
    Watch,
)
from makersphere_rules.shipped import scenario
from makersphere_server.edge import lan_address, static_files
from makersphere_server.edge.http import Pages
from makersphere_server.edge.responses import SECURITY
from makersphere_server.lobby.class_size import ClassSizes
from makersphere_server.settings import Settings

_PAGE = b"<!doctype html><title>Makersphere</title>" + b" " * 2_000
ASSETS = {
    "/": static_files._asset("index.html", _PAGE),
    "/assets/index-Ab12Cd34.js": static_files._asset("assets/index-Ab12Cd34.js", b"let a = 1;" * 300),
}
PAGES = Pages(ASSETS, lambda: True)


def ask(
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] = {},
    pages: Pages = PAGES,
    address: str = "127.0.0.1",
) -> Response:
    """Return the answer to a plain request."""
    found = pages.answer(Request(path, Headers(Host="here:8000", **headers), method), address)
    assert isinstance(found, Response)
    return found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?x=1", 200),
        ("/assets/index-Ab12Cd34.js", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/api/schema", 200),
        ("/ws", 426),
        ("/ws/K7QFWXY", 426),
        ("/ws/", 404),
        ("/ws/K7QFWXY/x", 404),
        ("/nothing", 404),
        ("//", 200),
        ("/../pyproject.toml", 404),
        ("/assets/../../pyproject.toml", 404),
        ("/%2e%2e/pyproject.toml", 404),
        ("/assets//index-Ab12Cd34.js", 404),
        ("http://elsewhere/", 404),
        ("*", 404),
    ],
)
def test_every_answer_has_the_security_headers(path: str, status: int) -> None:
    """Whatever is asked, the headers are there, and nothing but known assets is served."""
    for method in ("GET", "HEAD"):
        found = ask(path, method)
        assert found.status_code == status
        for name, value in SECURITY.items():
            assert found.headers[name] == value
        assert found.headers["Connection"] == "close"
        assert "Server" not in found.headers
        if method == "HEAD":
            assert found.body == b""


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/j/K7QF234", "../#/j/K7QF234"),
        ("/j/K7QF234?from=slip", "../#/j/K7QF234"),
        ("/j/K7QF234/W4XYZ", "../../#/j/K7QF234/W4XYZ"),
        ("/s/K7QF234", "../#/s/K7QF234"),
        ("/class/K7QF234", "../#/class/K7QF234"),
        ("/lesson/classroom/slides", "../../#/lesson/classroom/slides"),
        ("/check", "./#/check"),
    ],
)
def test_an_address_without_its_hash_leads_to_the_page(path: str, page: str) -> None:
    """Somebody typed what the wall says, or copied it: the way there is told from where they are."""
    found = ask(path)
    assert (found.status_code, found.headers["Location"]) == (302, page)
    assert ask(path, "POST").status_code == 404


@pytest.mark.parametrize("path", ["/j/<script>", "/jj/K7QF234", "/j/K7QF234/\r\nX: y", "/api/j/K7QF234"])
def test_what_is_no_page_leads_nowhere(path: str) -> None:
    """Nothing else of what is asked comes back in a header."""
    assert ask(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "BREW"])
def test_http_changes_nothing(method: str) -> None:
    """Other methods are not allowed, with the same headers."""
    found = ask("/", method)
    assert (found.status_code, found.headers["Allow"]) == (405, "GET, HEAD")
    assert found.headers["Content-Security-Policy"]


def test_assets_are_kept_as_their_names_allow() -> None:
    """Hashed names are kept for ever, the page is asked for again, everything else is not kept."""
    assert "immutable" in ask("/assets/index-Ab12Cd34.js").headers["Cache-Control"]
    assert ask("/").headers["Cache-Control"] == "no-cache"
    assert ask("/metrics").headers["Cache-Control"] == "no-store"
    again = ask("/", headers={"If-None-Match": ask("/").headers["ETag"]})
    assert (again.status_code, again.body) == (304, b"")


def test_assets_are_packed_for_who_can_unpack() -> None:
    """Text is sent as gzip to browsers that say so, with the right length."""
    packed = ask("/", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(bytes(packed.body)) == _PAGE
    assert int(packed.headers["Content-Length"]) == len(packed.body)
    for encodings in ("identity", "gzip;q=0"):
        assert ask("/", headers={"Accept-Encoding": encodings}).body == _PAGE


def test_readiness_is_more_than_health() -> None:
    """A server that lets nobody in is alive and not ready."""
    closed = Pages(ASSETS, lambda: False)
    assert ask("/healthz", pages=closed).status_code == 200
    assert ask("/readyz", pages=closed).status_code == 503


@pytest.mark.parametrize("path", ["/ws", "/ws/K7QFWXY"])
def test_pages_of_strangers_may_not_connect(path: str) -> None:
    """A handshake from another site's page is refused; from our own, a listed one, or none at all it goes on."""
    pages = Pages(ASSETS, lambda: True, Settings(origins=("https://class.example",)))

    def shake(**headers: str) -> Response | None:
        found = pages.answer(Request(path, Headers(Host="here:8000", Upgrade="websocket", **headers)))
        assert found is None or isinstance(found, Response)
        return found

    assert shake() is None
    assert shake(Origin="http://here:8000") is None
    assert shake(Origin="https://class.example") is None
    for origin in ("http://evil.example", "http://here:8000.evil.example", "null", "http://here:80"):
        refused = shake(Origin=origin)
        assert refused is not None
        assert refused.status_code == 403


def test_the_schema_describes_the_frames() -> None:
    """The published schema is valid, takes every frame that the codec makes, and nothing with an unknown field."""
    document = json.loads(ask("/api/schema").body)
    assert document == json.loads(json.dumps(schema.frames()))
    Draft202012Validator.check_schema(document)
    validator = Draft202012Validator({**document["from_client"], "$defs": document["$defs"]})
    frames: list[ClientFrame] = [
        Create("counter", Options(seats=3, seed=7, timers=Timers(50)), "key", "id"),
        Join("ROOM234", "Ann", "player", "zh", 3, "id"),
        Resume("ROOM234", "token", seq=3, epoch=1),
        Watch("ROOM234"),
        Command("id", "count", {"by": 3, "list": [1, 2], "word": "x", "flag": True}, At(1, "count")),
        Preview("id", "count", {"by": 3}),
    ]
    for frame in frames:
        tree = json.loads(encode(frame))
        validator.validate(tree)
        assert not validator.is_valid({**tree, "extra": 1})


def test_the_web_client_or_how_to_build_it() -> None:
    """There is a page in any case."""
    assets = static_files.load()
    assert b"<html" in assets["/"].body
    assert assets["/"].type == "text/html; charset=utf-8"


def test_words_of_rule_modules_are_told_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a language lacks is said in English; the game's own words stay, and are not told again."""
    monkeypatch.setattr(texts, "_LEARNT", {})
    texts.learn({"en": {"command.haggle": "Haggle", "phase.bazaar": "Bazaar", "role.maker": "Smith"}})
    texts.learn({"zh": {"command.haggle": "还价"}, "eo": {"command.haggle": "Marĉandi"}})

    assert json.loads(ask("/api/texts/en").body) == {"command.haggle": "Haggle", "phase.bazaar": "Bazaar"}
    assert json.loads(ask("/api/texts/zh-CN").body) == {"command.haggle": "还价", "phase.bazaar": "Bazaar"}
    assert texts.say("en", "command.haggle") == "Haggle"
    assert texts.say("en", "role.maker") != "Smith"
    texts.catalogue.cache_clear()


def test_the_printed_decks_hold_what_is_printed_and_no_secret() -> None:
    """Each card once, with what stands on it; how appealing an idea is stands on no card."""
    decks = json.loads(ask("/api/decks").body)
    assert {deck: len(cards) for deck, cards in decks.items()} == {"ideas": 60, "policies": 12, "markets": 18}
    assert {tuple(sorted(card)) for card in decks["ideas"]} == {("difficulty", "id", "sector")}


@pytest.mark.parametrize(
    ("name", "address", "told"),
    [
        ("localhost:8000", "127.0.0.1", "192.0.2.7"),
        ("127.0.0.1:8000", "127.0.0.1", "192.0.2.7"),
        ("[::1]:8000", "::1", "192.0.2.7"),
        ("198.51.100.9:8000", "198.51.100.9", "192.0.2.7"),
        ("198.51.100.9:8000", "198.51.100.3", ""),
        ("here:8000", "127.0.0.1", ""),
        ("localhost:8000", "198.51.100.3", ""),
    ],
)
def test_where_phones_find_this_machine_is_told_on_it_alone(
    name: str, address: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was opened on this machine, by whichever of its names, learns the address; nobody else does."""
    monkeypatch.setattr(lan_address, "interfaces", lambda: [lan_address.Interface("wlan0", ("198.51.100.9",))])
    pages = Pages(ASSETS, lambda: True, Settings(host="192.0.2.7"))
    found = pages.answer(Request("/api/address", Headers(Host=name), "GET"), address)
    assert isinstance(found, Response)
    assert json.loads(found.body)["address"] == told
    assert told or json.loads(found.body) == {"address": ""}


def test_this_machine_is_told_whether_another_one_has_reached_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells a network that lets nobody in from one phone that does not get in; who it was is kept nowhere."""
    monkeypatch.setattr(lan_address, "interfaces", lambda: [lan_address.Interface("wlan0", ("198.51.100.9",))])
    pages = Pages(ASSETS, lambda: True, Settings(host="0.0.0.0"))  # noqa: S104

    def heard() -> bool:
        found = pages.answer(Request("/api/address", Headers(Host="localhost:8000"), "GET"), "127.0.0.1")
        assert isinstance(found, Response)
        return bool(json.loads(found.body)["heard"])

    assert not heard()
    pages.answer(Request("/", Headers(Host="198.51.100.9"), "GET"), "198.51.100.9")
    assert not heard()
    pages.answer(Request("/nothing", Headers(Host="198.51.100.9"), "GET"), "198.51.100.44")
    assert heard()


def test_metrics_are_told_to_this_machine_and_to_who_shows_the_token() -> None:
    """Whoever asks from elsewhere, also by way of a web server in front, has to show it; without one nobody can."""
    pages = Pages(ASSETS, lambda: True)
    shows = {"Authorization": "Bearer of-the-scraper"}
    assert ask("/metrics", pages=pages, address="127.0.0.1").status_code == 200
    assert ask("/metrics", pages=pages, address="192.0.2.7", headers=shows).status_code == 401
    pages = Pages(ASSETS, lambda: True, Settings(metrics_token=shows["Authorization"].removeprefix("Bearer ")))
    assert ask("/metrics", pages=pages, address="192.0.2.7", headers=shows).status_code == 200
    for headers in ({}, {"Authorization": "Bearer of-another"}, {"Authorization": "of-the-scraper"}):
        assert ask("/metrics", pages=pages, address="192.0.2.7", headers=headers).status_code == 401
    assert ask("/metrics", pages=pages, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 401


def test_each_answer_over_https_asks_browsers_to_come_back_so() -> None:
    """For a year; errors and downloads too; a server of plain http never says it."""
    pages = Pages(ASSETS, lambda: True)
    assert "Strict-Transport-Security" not in ask("/", pages=pages).headers
    pages = Pages(ASSETS, lambda: True, Settings(tls_cert=Path("cert.pem")))
    for path in ("/", "/nothing", "/api/rooms/2222222/debrief", "/ws"):
        assert ask(path, pages=pages).headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(("name", "status"), [("classroom", 200), ("counter", 200), ("chess", 404)])
def test_a_scenario_that_nobody_has_written_a_lesson_for_has_none(name: str, status: int) -> None:
    """A phone asks without knowing: null is an answer, and a scenario that is not there is a mistake."""
    sizes = ClassSizes(["classroom", "counter"], scenario, 500)
    pages = Pages(ASSETS, lambda: True, class_sizes=sizes)
    found = pages.answer(Request(f"/api/lessons/{name}", Headers(Host="localhost:8000"), "GET"))
    assert isinstance(found, Response)
    assert found.status_code == status
    if name == "counter":
        assert found.body == b"null"
