"""Names at the door: who would pass for the host or for somebody else is told so; who is in already stays."""

# ruff: noqa: RUF001 (look-alikes are what it is about)

import pytest

from makersphere_protocol.messages import Join, Options
from tests.server.rig.fakes import Client, Rig, code


@pytest.mark.parametrize(
    ("name", "code_and_word"),
    [
        ("Teacher", ("bad_name", "leads it")),
        ("老师", ("bad_name", "leads it")),
        ("Facilitador", ("bad_name", "leads it")),
        ("Ann (host)", ("bad_name", "host in Ann (host)")),
        ("王老师", ("bad_name", "老师 in 王老师")),
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


@pytest.mark.parametrize("teams", [False, True])
async def test_whoever_has_lost_a_phone_is_told_a_way_that_sends_nobody_away(rig: Rig, teams: bool) -> None:  # noqa: FBT001
    """A seat of one is freed by the host; one that is shared opens by a pass, under a name with a letter more."""
    host = await rig.create("two", options=Options(seats=3, teams=teams))
    ann = await rig.join(host.room, "Ann")
    assert (await host.command("host.start")).ok
    again = Client(rig)
    await again.say(Join(host.room, "Ann", id="other phone"))
    said = again.error().message
    assert ("ask the host to free your seat" in said, "with a pass to your seat" in said) == (not teams, teams)
    if teams:
        given = await host.command("host.seat_pass", seat=ann.you.seat)
        assert given.data is not None
        refused = Client(rig)
        await refused.say(Join(host.room, "Ann", id="other phone", pass_=given.data["code"]))
        assert refused.error().message == said
        back = await rig.join(host.room, "Anna", pass_=given.data["code"])  # the pass still opens it
        assert (back.you.seat, back.hand["seat"]) == (ann.you.seat, ann.hand["seat"])


async def test_a_host_gives_no_seat_such_a_name(rig: Rig) -> None:
    """What nobody may be called at the door no seat is called by its host."""
    host, _ = await rig.started("two")
    for name in ("Lehrer", "Аnn"):
        refused = await host.command("host.seat", seat=2, name=name)
        assert (code(refused), refused.error and refused.error.field) == ("bad_args", "name")


@pytest.mark.parametrize("name", ["Ann Host", "王老师"])
async def test_a_host_may_give_a_name_with_such_a_word_in_it(rig: Rig, name: str) -> None:
    """Whoever is really called so gets in under the name that a host has given beforehand; a stranger does not."""
    host = await rig.create("two")
    stranger = Client(rig)
    await stranger.say(Join(host.room, name))
    assert stranger.error().code == "bad_name"
    assert (await host.command("host.seat", seat=2, name=name)).ok
    own = await rig.join(host.room, name)
    assert own.you.seat == 2
    assert own.table["seat"]["2"]["name"] == name


async def test_a_name_that_was_given_before_the_rule_lets_its_owner_in(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A room whose host has given a name that would be refused today still keeps the seat for whoever has that name."""
    host = await rig.create("two")
    with monkeypatch.context() as before:
        before.setattr("makersphere_server.room.commands.host.seats.why_not", lambda _: "")
        assert (await host.command("host.seat", seat=2, name="Lehrer")).ok
    await rig.kill()
    await rig.start()
    own = await rig.join(host.room, "lehrer")
    assert own.you.seat == 2


@pytest.mark.parametrize("name", ["Teacher", "Аnn", "Ann (host)"])
async def test_a_room_with_such_names_still_opens(rig: Rig, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whoever has been let in under such a name comes back under it, after a restart too."""
    with monkeypatch.context() as before:
        for check in ("why_not", "host_word"):
            before.setattr(f"makersphere_server.room.joining.{check}", lambda _: "")
        host = await rig.create("two")
        ann = await rig.join(host.room, name)
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    await rig.pass_ms(50)
    ann.read()
    assert ann.table["seat"]["1"]["name"] == name
