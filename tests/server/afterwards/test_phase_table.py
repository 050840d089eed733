"""What each seat had at the end of each phase, as a table for analysis: what was on the screens then, and no rating."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest

from makersphere_protocol.messages import Resume
from tests.server.rig import finished_rooms
from tests.server.rig.downloading import ask
from tests.server.rig.fakes import Client, Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def exported(rig: Rig, room: str, token: str) -> list[dict[str, str]]:
    """Return the rows of the table of a room."""
    found = await ask(rig, f"{room}/export?format=csv", token)
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read("phases.csv").decode("utf-8-sig"))))


def shown(clients: list[Client], kind: str, figure: str) -> dict[str, Any]:
    """Return a number of each entity of a kind, as the tables and hands of these clients have it."""
    trees = [tree.get(kind, {}) for client in clients for tree in (client.table, client.hand)]
    return {key: entity[figure] for tree in trees for key, entity in tree.items() if figure in entity}


async def test_each_number_is_what_stood_on_a_screen_when_the_phase_closed(rig: Rig) -> None:
    """Credits and spirit as everybody read them, hours as the maker alone did, phase by phase of a whole game."""
    host, *people = await finished_rooms.begun(rig, "quickstart", 6, ["Ann", "Ben"])
    screens: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    while host.table["game"]["status"] != "over":
        await rig.pass_ms(1_000)
        for client in (host, *people):
            client.read()
        game = host.table["game"]
        for kind, figure, clients in (
            ("maker", "spirit", [host]),
            ("account", "balance", [host]),
            ("maker", "hours", people),
        ):
            screens[str(game["season"]), game["phase"], kind, figure] = shown(clients, kind, figure)
        assert (await host.command("host.advance")).ok
        await rig.pass_ms(1_000)
        host.read()
    rows = await exported(rig, host.room, host.token)
    assert {(row["season"], row["phase"]) for row in rows} == {key[:2] for key in screens}
    for (season, phase, kind, figure), values in screens.items():
        seen = "seat" if figure == "hours" else "all"
        of_this = (season, phase, kind, figure, seen)
        found = {
            row["id"]: int(row["value"])
            for row in rows
            if tuple(row[column] for column in ("season", "phase", "kind", "figure", "seen")) == of_this
        }
        for key, value in values.items():
            if kind != "account" or key.split(":")[0] in ("maker", "investor", "operator"):
                assert found[key] == value, (of_this, key)
    spent = {row["seen"]: row["value"] for row in rows if (row["phase"], row["id"]) == ("policy", "operator:6")}
    assert int(spent["seat"]) < int(spent["all"])  # of levels that it has just bought, which nobody sees yet
    assert {row["kind"] for row in rows} == {"maker", "investor", "space", "venture", "account", "standing"}
    assert {row["seat"] for row in rows} == {str(seat) for seat in range(1, 7)}


async def test_what_another_game_goes_on_from_is_not_told(rig: Rig) -> None:
    """Of a fork that ended while its origin is played, what a seat alone saw stays closed."""
    origin, *_ = await finished_rooms.begun(rig, "quickstart", 6, ["Ann"])
    forked = await origin.command("host.fork", season=1, phase="policy")
    assert forked.data is not None
    fork = Client(rig)
    await fork.say(Resume(str(forked.data["room"]), host_token=origin.token))
    await rig.pass_ms(100)
    fork.read()
    assert (await fork.command("host.resume")).ok
    assert (await fork.command("host.end")).ok
    await rig.pass_ms(100)
    rows = await exported(rig, fork.room, origin.token)
    assert {row["seen"] for row in rows} == {"all"}
