"""The table of rights that teachers read is what the server holds: lead, assistant and visitor, in both languages."""

import re
from pathlib import Path

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume
from makersphere_server.classes.commands import CLASS_COMMANDS
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.model.people.hosts import RANKS, reaches
from tests.server.rig.classes import ask as ask_class
from tests.server.rig.classes import rooms_of
from tests.server.rig.downloading import ask
from tests.server.rig.fakes import Client, Rig

_DOCS = Path(__file__).parents[3] / "docs"
_ROW = re.compile(r"^\| .+ \| ([✓✗]) \| ([✓✗]) \| ([✓✗]) \| (.*) \|$", re.MULTILINE)


def _rights(page: str) -> dict[str, tuple[str, ...]]:
    """Return which rank may send what by a page, each command with its three marks."""
    rows = _ROW.findall((_DOCS / page).read_text())
    found = [(name, tuple(marks)) for *marks, names in rows for name in re.findall(r"`([a-z_.]+)`", names)]
    assert len(found) == len(dict(found)), "a command stands in one row"
    return dict(found)


@pytest.mark.parametrize("page", ["teaching.md", "zh/teaching.md"])
def test_the_table_of_rights_is_what_the_server_holds(page: str) -> None:
    """Each command of hosts stands in it once, with who may send it."""
    least = {name: command.least for name, command in HOST_COMMANDS.items()}
    least |= {name: command.least for name, command in CLASS_COMMANDS.items()}
    marks = {name: tuple("✓" if reaches(rank, each) else "✗" for rank in RANKS) for name, each in least.items()}
    assert _rights(page) == marks


@pytest.mark.parametrize(("page", "hand"), [("teaching.md", r"\bhands?\b"), ("zh/teaching.md", "手牌")])
def test_the_table_of_rights_gives_no_hand_to_a_visitor(page: str, hand: str) -> None:
    """What is in a hand is seen over the shoulder alone, by whom `host.look` is for."""
    rows = [row for row in _ROW.finditer((_DOCS / page).read_text()) if re.search(hand, row[0].split("|")[1])]
    assert [(row[3], "`host.look`" in row[4]) for row in rows] == [("✗", True)]


@pytest.mark.parametrize(("rank", "status"), [("visitor", 403), ("assistant", 200), ("lead", 200)])
async def test_a_visitor_takes_home_nobodys_points(rank: str, status: int) -> None:
    """Neither of a class nor of a table; the page for the class is a visitor's too."""
    rig = await Rig(bots="standard").start()
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    await rig.join(host.room, "Ana")
    token = ((await host.command("class.invite", rank=rank)).data or {})["host_token"]
    (room,) = rooms_of(host)
    console = Client(rig)
    await console.say(Resume(room, host_token=token))
    assert (await host.command("host.start")).ok
    await rig.pass_ms(2_000)
    assert (await host.command("host.end")).ok
    for what in ("students", "term"):
        assert (await ask_class(rig, f"{host.room}/compare/{what}", token)).status_code == status, what
    for what in ("home?what=participation", "home?what=teacher", "home?what=all", "export?format=csv&names=1"):
        assert (await ask(rig, f"{room}/{what}", token)).status_code == status, what
    assert (await ask(rig, f"{room}/home?what=class", token)).status_code == 200
    assert (await ask(rig, f"{room}/export?format=csv", token)).status_code == 200
    await rig.stop()
