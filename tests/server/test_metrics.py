"""What `/metrics` and `/readyz` say: how much and how often, never who, and whether the store takes what comes."""

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from makersphere_protocol.errors import MEANINGS
from makersphere_protocol.messages import Join, Resume
from makersphere_server.metrics import exposition
from tests.server.rig.fakes import Client, Rig, code

CANARY = "Ottoline"


def _value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_labels_are_bounded_and_name_nobody(rig: Rig) -> None:
    """Whatever is sent, outcomes are the contract's codes; no name, room, token or command stands in the page."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, CANARY)
    await ben.command(CANARY, by=1)
    await ann.command("host.end")
    await host.command("host.announce", text=CANARY)
    stranger = Client(rig)
    await stranger.say(Join(f"{CANARY}7", CANARY))
    await stranger.say(Resume(host.room, CANARY))
    page = exposition().decode()
    for secret in (CANARY, CANARY.upper(), host.room, host.token, ann.token):
        assert secret not in page
    outcomes = {
        sample.labels["outcome"]
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if "outcome" in sample.labels
    }
    assert {"ok", "unknown_command", "no_such_room"} <= outcomes <= {*MEANINGS, "ok", "repeated", "failed"}


async def test_each_command_is_counted_by_how_it_ended(rig: Rig) -> None:
    """Taken, refused, sent again, or another one under a used id: each once, so that an operator sees it."""
    outcomes = ("ok", "repeated", "id_reused", "bad_args")

    def counted() -> list[float]:
        return [_value("makersphere_commands_total", outcome=outcome) for outcome in outcomes]

    _, ann = await rig.started()
    before = counted()
    for id, by in (("a", 1), ("a", 1), ("a", 2), ("b", 99), ("b", 99)):
        await ann.command("count", id, by=by)
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [1, 2, 1, 1]


async def test_entries_and_refusals_of_the_store_are_counted(rig: Rig) -> None:
    """Each first frame counts once, by how it ended, and each batch that the store did not take."""
    entries, refusals = _value("makersphere_entries_total", outcome="ok"), _value("makersphere_store_refusals_total")
    locked = _value("makersphere_entries_total", outcome="joining_closed")
    host, ann = await rig.started()
    assert (await host.command("host.lock", joining=False)).ok
    assert (await rig.join(host.room, "Ben")).error().code == "joining_closed"
    rig.log.fail_next()
    assert code(await ann.command("count", by=1)) == "unavailable"
    assert _value("makersphere_entries_total", outcome="ok") == entries + 2
    assert _value("makersphere_entries_total", outcome="joining_closed") == locked + 1
    assert _value("makersphere_store_refusals_total") == refusals + 1


async def test_a_server_whose_store_refuses_is_not_ready(rig: Rig) -> None:
    """Ready means that rooms can be played; it is again as soon as the store is."""
    _, ann = await rig.started()
    assert rig.lobby.is_ready
    rig.log.fail_next()
    assert code(await ann.command("count", by=1)) == "unavailable"
    assert not rig.lobby.is_ready
    await rig.pass_ms(2_000)
    assert rig.lobby.is_ready
    await rig.lobby.stop()
    assert not rig.lobby.is_ready


async def test_a_room_that_has_stopped_makes_no_server_unready(rig: Rig) -> None:
    """It is found damaged where it is read again after a refusal; the other rooms can be played all the same."""
    host, ann = await rig.started()
    _, ben = await rig.started()
    rig.log.fail_next()
    assert code(await ann.command("count", by=1)) == "unavailable"
    rig.log.damage(host.room, 1, "cut")
    await rig.pass_ms(2_000)
    assert rig.room(host.room).failure
    assert (await ben.command("count", by=1)).ok
    assert rig.lobby.is_ready
