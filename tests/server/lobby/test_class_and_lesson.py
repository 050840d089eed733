"""A class and its lesson: how many seats it gets, how long it plays, how late it is, what a way back would undo."""

from makersphere_protocol.messages import Options, Timers
from makersphere_rules import shipped
from makersphere_server.lobby.class_size import ClassSizes
from makersphere_server.room.model.lesson_plan import lesson_s, play_s
from tests.server.rig.fakes import Rig, code

SIZES = ClassSizes(shipped.scenario_names(), shipped.scenario, 500)
A_MINUTE = 60_000


def test_every_class_of_1_to_60_is_seated() -> None:
    """Roles sum to the seats; seats without the bots and with those who share are the class."""
    for name in shipped.scenario_names():
        for people in range(1, 61):
            found = SIZES.seated(name, people)
            assert found is not None
            assert sum(found["roles"].values()) == found["seats"]
            assert found["seats"] - found["bots"] + found["shared"] == people
            assert found["roles"].keys() <= set(found["known_roles"])


def test_who_is_more_than_a_scenario_is_made_for_shares_a_seat() -> None:
    """A class of 70 has the 60 seats that the classroom is made for; a class of 3 has bots beside it."""
    large, small = SIZES.seated("classroom", 70), SIZES.seated("classroom", 3)
    assert large is not None
    assert small is not None
    assert (large["seats"], large["bots"], large["shared"]) == (60, 0, 10)
    assert (small["seats"], small["bots"], small["shared"]) == (6, 3, 0)
    assert SIZES.seated("classroom", 501) is None
    assert SIZES.seated("nowhere", 12) is None


def test_each_scenario_says_how_long_it_plays() -> None:
    """The limits of all phases, seasons and runs; two runs of three seasons are six."""
    offered = {each["name"]: each for each in SIZES.offered()}
    assert offered.keys() == set(shipped.scenario_names())
    assert offered["seminar"]["play_s"] == 4 * (40 + 90 + 120 + 180 + 90 + 45 + 45 + 60)
    assert offered["mechanisms"]["play_s"] == 6 * play_s(shipped.scenario("mechanisms").runs[0].rules) // 3
    assert offered["mechanisms"]["runs"] == 2


def test_a_lesson_has_room_for_more_than_the_clocks() -> None:
    """Joining, explaining, what is revealed and talk count too: classroom leaves 15 minutes of 60, seminar 30 of 90."""
    offered = {each["name"]: each for each in SIZES.offered()}
    beside = 180 + 240 + 3 * (8 * 5 + 60)
    assert offered["classroom"]["lesson_s"] == offered["classroom"]["play_s"] + beside == 45 * A_MINUTE // 1000
    assert lesson_s(shipped.scenario("seminar")) <= 60 * A_MINUTE // 1000
    assert offered["counter"]["lesson_s"] == 0  # it has no clock
    limits = [phase.limits_s for phase in shipped.scenario("classroom").phases]
    assert all(limit[0] > limit[-1] and list(limit) == sorted(limit, reverse=True) for limit in limits)


async def test_the_plan_says_when_a_phase_and_the_game_are_due(rig: Rig) -> None:
    """By the limits at the room's pace and what lies between, from the start, after a restart too; before it not.

    Of a lesson, joining and explaining have gone by when the game starts.
    """
    options = Options(seats=2, lesson=45, timers=Timers(scale=200))
    host = await rig.create("two", options=options)
    assert "plan" not in host.hand
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await host.command("host.pause")
    await rig.pass_ms(100)
    host.read()
    plan = host.hand["plan"]
    assert plan["due"] - plan["started"] == 2 * A_MINUTE
    assert plan["lesson_ends"] - plan["started"] == (45 - 7) * A_MINUTE
    assert plan["ends"] - plan["started"] == 6 * A_MINUTE + 2 * (2 * 5_000 + A_MINUTE)
    await host.command("host.resume")
    await host.command("host.advance")
    await rig.pass_ms(100)
    host.read()
    assert host.hand["plan"]["due"] - plan["started"] == 3 * A_MINUTE + 5_000
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert host.hand["plan"]["started"] == plan["started"]


async def test_a_host_is_told_what_a_card_would_change_before_it_is_turned(rig: Rig) -> None:
    """The sentence and the numbers are those of the card; the table stays as it is."""
    host = await rig.create("quickstart", options=Options(seats=6))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    host.read()
    before = host.table["world"]
    card = host.hand["legal"]["host.shock"]["properties"]["card"]["enum"][0]
    found = (await host.preview("host.shock", card=card)).preview
    assert found is not None
    assert [line["values"]["policy"] for line in found["log"]] == [card]
    assert found["table"]["world"]["policy"] == card
    await rig.pass_ms(100)
    host.read()
    assert host.table["world"] == before


async def test_a_host_is_told_how_many_choices_a_way_back_would_undo(rig: Rig) -> None:
    """What people chose since then counts, being ready does not, nor what was undone; after a restart too."""
    host, ann = await rig.started("two")
    assert (await ann.command("count", by=2)).ok
    assert (await host.command("host.advance")).ok
    await rig.pass_ms(100)
    ann.read()
    assert (await ann.command("count", by=3)).ok
    assert (await ann.command("ready", ready=True)).ok
    assert (await host.preview("host.rewind", season=1, phase="first")).preview == {"choices": 2}
    assert (await host.preview("host.rewind", season=1, phase="second")).preview == {"choices": 1}
    assert code(await host.preview("host.end")) == "not_your_role"
    assert (await host.command("host.fork", season=1, phase="first", rules="# instead of host.rewind")).ok
    assert (await host.preview("host.rewind", season=1, phase="first")).preview == {"choices": 2}
    assert (await host.command("host.rewind", season=1, phase="second")).ok
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert (await host.preview("host.rewind", season=1, phase="first")).preview == {"choices": 1}
