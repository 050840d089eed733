"""Names at the door: who would pass for the host or for somebody else is told so; who is in already stays."""

# ruff: noqa: RUF001 (look-alikes are what it is about)

import pytest

from makersphere_protocol.messages import Join
from tests.server.rig.fakes import Client, Rig, code


@pytest.mark.parametrize(
    ("name", "code_and_word"),
    [
        ("Teacher", ("bad_name", "leads it")),
        ("老师", ("bad_name", "leads it")),
        ("Facilitador", ("bad_name", "leads it")),
        ("Аnn", ("bad_name", "look alike")),
        ("ᴀna", ("name_taken", "ᴀna")),
    ],
)
async def test_who_would_pass_for_another_is_told_so(rig: Rig, name: str, code_and_word: tuple[str, str]) -> None:
    """The refusal has a code and a sentence that says what is wrong with the name."""
    host = await rig.create("two")
    await rig.join(host.room, "Ana")
    stranger = Client(rig)
    await stranger.say(Join(host.room, name))
    assert stranger.error().code == code_and_word[0]
    assert code_and_word[1] in stranger.error().message


async def test_a_host_gives_no_seat_such_a_name(rig: Rig) -> None:
    """What nobody may be called at the door no seat is called by its host."""
    host, _ = await rig.started("two")
    for name in ("Lehrer", "Аnn"):
        refused = await host.command("host.seat", seat=2, name=name)
        assert (code(refused), refused.error and refused.error.field) == ("bad_args", "name")


@pytest.mark.parametrize("name", ["Teacher", "Аnn"])
async def test_a_room_with_such_names_still_opens(rig: Rig, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whoever has been let in under such a name comes back under it, after a restart too."""
    with monkeypatch.context() as before:
        before.setattr("makersphere_server.room.joining.why_not", lambda _: "")
        host = await rig.create("two")
        ann = await rig.join(host.room, name)
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    await rig.pass_ms(50)
    ann.read()
    assert ann.table["seat"]["1"]["name"] == name
