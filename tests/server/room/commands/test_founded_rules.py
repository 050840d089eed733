"""A room whose rule modules are not here is whole: it says what is missing, and is played on when that is installed."""

import attrs
import pytest

from makersphere_protocol.messages import Join
from makersphere_rules import shipped
from makersphere_rules.modules.counter import Counter
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.written.packages import BrokenPackage, Packages
from makersphere_server.afterwards.verify import UNREAD, verify_room
from makersphere_server.room.commands import founded_rules
from makersphere_server.room.commands.founded_rules import RulesMissing, packages_of, scenario_of
from makersphere_server.storage.event_log import RoomRow
from makersphere_server.storage.record import decode_room, encode_room
from tests.server.rig.fakes import Client, Rig

NAME = "abacus"
PACKAGE = "abacus-rules 1.0"
NEEDS = "it needs the rule module abacus"
SOURCE = {"name": "beads", "seasons": 1, "seats": 2, "phase": [{"name": "beads", "modules": [NAME]}]}


class Abacus(Counter):
    """The counter, as somebody else's."""

    name = NAME


BEADS = build(SOURCE, {NAME: Abacus()})


class _OfBeads(Rig):
    def _scenario(self, name: str) -> Scenario:
        return BEADS if name == "beads" else super()._scenario(name)


def there(monkeypatch: pytest.MonkeyPatch, packages: Packages) -> None:
    """Let these packages be installed, and no others."""
    monkeypatch.setattr(founded_rules, "packages", lambda: packages)
    modules = {**shipped.own_modules(), **packages.modules}
    monkeypatch.setattr(founded_rules, "modules", lambda: modules)
    monkeypatch.setattr("makersphere_server.lobby.founding.modules", lambda: modules)


@pytest.fixture
def installed() -> Packages:
    """Return what is there where the package is installed."""
    return Packages({NAME: Abacus()}, {NAME: PACKAGE}, {})


@pytest.fixture
def nothing() -> Packages:
    """Return what is there where no package is."""
    return Packages({}, {}, {})


@pytest.fixture
def row(monkeypatch: pytest.MonkeyPatch, installed: Packages) -> RoomRow:
    """Return a room of the package's rules, founded where it is installed."""
    there(monkeypatch, installed)
    return RoomRow(
        room="ROOM222",
        scenario=b'{"name":"beads","seasons":1,"seats":2,"phase":[{"name":"beads","modules":["abacus"]}]}',
        roles=("player", "player"),
        seed=bytes(32),
        nonce=bytes(16),
        seed_chosen=False,
        epoch=1,
        created_ms=0,
        packages=packages_of(BEADS),
    )


def test_the_founding_keeps_which_package_brought_the_rules(row: RoomRow) -> None:
    """With its version; a room of the game's own rules is stored byte for byte as ever."""
    assert decode_room(encode_room(row), 1).packages == {NAME: PACKAGE}
    assert b"packages" not in encode_room(attrs.evolve(row, packages={}))


@pytest.mark.parametrize(
    ("known", "broken", "said"),
    [
        (
            {NAME: PACKAGE},
            {},
            f"{NEEDS}, which is not installed here: pip install abacus-rules==1.0",
        ),
        ({}, {}, f"{NEEDS}, which is not installed here: install the package that brings it"),
        (
            {NAME: PACKAGE},
            {"other": BrokenPackage(PACKAGE, "SyntaxError: oh (abacus.py, line 1)")},
            f"{NEEDS}, and abacus-rules 1.0 can't be loaded: SyntaxError: oh (abacus.py, line 1)",
        ),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(
    row: RoomRow,
    monkeypatch: pytest.MonkeyPatch,
    known: dict[str, str],
    broken: dict[str, BrokenPackage],
    said: str,
) -> None:
    """And never called damage."""
    there(monkeypatch, Packages({}, {}, broken))
    with pytest.raises(RulesMissing) as missing:
        scenario_of(attrs.evolve(row, packages=known))
    assert str(missing.value) == said
    report = verify_room(attrs.evolve(row, packages=known), [])
    assert (report.wrong_seq, report.status, report.reason) == (None, UNREAD, said)


async def test_who_comes_reads_what_the_server_lacks_and_plays_on_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch, installed: Packages, nothing: Packages
) -> None:
    """Each time; other rooms are not touched, and nothing that was answered is lost."""
    there(monkeypatch, installed)
    rig = await _OfBeads().start()
    host, ann = await rig.started("beads", seats=2)
    assert (await ann.command("count", by=2)).ok
    await rig.stop()
    there(monkeypatch, nothing)
    await rig.start()
    for _ in range(2):
        bo = Client(rig)
        await bo.say(Join(host.room, "Bo", id="b" * 22))
        await rig.pass_ms(50)
        assert bo.error().code == "unavailable"
        assert bo.error().message.startswith("This room needs rules that the server does not have now: abacus.")
    other, _ = await rig.started("two")
    assert (await other.command("host.announce", text="on")).ok
    await rig.stop()
    there(monkeypatch, installed)
    await rig.start()
    await ann.resume(fresh=True)
    assert ann.table["tally"]["total"] == 2
    await rig.stop()
