"""What hosts write to others: nothing in it acts on its readers, whenever it was written."""

from typing import Any

import pytest

from tests.server.rig.fakes import Client, Rig, code

WRITTEN = "Do\x07 not \u202epay\u202c \x1b[2Jme"
SHOWN = "Do not pay [2Jme"


async def _texts(rig: Rig, reader: Client) -> list[object]:
    await rig.pass_ms(100)
    reader.read()
    return [line.values["text"] for line in reader.lines() if "text" in line.values]


@pytest.mark.parametrize(("command", "args"), [("host.announce", {}), ("host.message", {"seat": 1})])
async def test_words_are_shown_without_what_acts_on_a_reader(rig: Rig, command: str, args: dict[str, Any]) -> None:
    """A bell, an order to a terminal and an override are taken out, of what is told and of what is kept."""
    host, ann = await rig.started()
    assert (await host.command(command, "m1", text=WRITTEN, **args)).ok
    assert await _texts(rig, ann) == [SHOWN]
    assert SHOWN.encode() in (await rig.log.privates(host.room)).values()
    assert (await host.command(command, "m1", text=WRITTEN, **args)).ok  # the same again, as it was sent
    assert await _texts(rig, ann) == [SHOWN]


@pytest.mark.parametrize(("command", "args"), [("host.announce", {}), ("host.message", {"seat": 1})])
async def test_nothing_to_read_is_told_to_nobody(rig: Rig, command: str, args: dict[str, Any]) -> None:
    """Blanks, and signs that nobody sees, are refused at the field."""
    host, ann = await rig.started()
    for text in ("", "   ", "\n", "\u3164", "\u202e\x07"):
        refused = await host.command(command, text=text, **args)
        assert (code(refused), refused.error and refused.error.field) == ("bad_args", "text")
    assert await _texts(rig, ann) == []


async def test_a_reason_is_shown_without_it(rig: Rig) -> None:
    """Whoever is removed reads why, and no more."""
    host, ann = await rig.started("two")
    assert (await host.command("host.remove", seat=1, reason=WRITTEN)).ok
    await rig.pass_ms(50)
    assert ann.connection.farewell == SHOWN


async def test_a_seats_name_is_mended(rig: Rig) -> None:
    """The name that a host gives is cleaned as one that somebody gives themselves."""
    host, _ = await rig.started("two")
    assert (await host.command("host.seat", seat=2, name="B\x1ben\u202e")).ok
    await rig.pass_ms(50)
    host.read()
    assert host.table["seat"]["2"]["name"] == "Ben"


async def test_words_of_an_older_log_are_cleaned_when_they_are_shown(rig: Rig) -> None:
    """What was kept before texts were cleaned is told again without it."""
    host, ann = await rig.started()
    assert (await host.command("host.announce", text="Coffee")).ok
    ((key, _),) = (item for item in (await rig.log.privates(host.room)).items() if item[1] == b"Coffee")
    await rig.log.put_private(host.room, {key: WRITTEN.encode()})
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    assert await _texts(rig, ann) == [SHOWN]
