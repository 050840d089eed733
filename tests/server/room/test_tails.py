"""What somebody has missed, where it takes several updates: each shows the room as it was at its `seq`."""

import copy

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import Update
from makersphere_protocol.patches import apply
from makersphere_server.room.model.feed import TABLE, Feed, LogLine
from tests.server.rig.fakes import Rig


def test_each_frame_of_a_tail_shows_the_room_at_its_seq() -> None:
    """Where one patch cannot say all, whoever has had the first frame alone comes back to its last step."""
    feed, shown = Feed(0, lambda: 0), {1: {"a": 1}, 2: {}, 3: {"b": 2}, 4: {"b": 3}}
    for seq, thing in enumerate(({"a": 1}, None, {"b": 2}, {"b": 3}), 1):
        lines = [LogLine("counted", seq, {}, (TABLE,))]
        feed.publish(seq, {"thing": thing}, {}, lines, f"at-{seq}")
    tail = [decode_from_server(frame) for frame in feed.frames_after(0, TABLE) or []]
    updates = [frame for frame in tail if isinstance(frame, Update)]
    assert [(frame.seq, frame.mark) for frame in updates] == [(2, "at-2"), (4, "at-4")]
    assert [[line.seq for line in frame.log or []] for frame in updates] == [[1, 2], [3, 4]]
    table: dict[str, object] = {}
    for frame in updates:
        apply(table, frame.table or {})
        assert table.get("thing", {}) == shown[frame.seq]
    assert feed.number_before(2, TABLE) == 1


async def test_who_was_away_over_a_rewind_sees_each_number_as_it_was(rig: Rig) -> None:
    """What was counted is undone and counted anew: each update shows the table that others saw under its number."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, "Ben")
    told: dict[int, object] = {}

    async def tell() -> None:
        await rig.pass_ms(100)
        ben.read()
        told[ben.seq] = ben.table.get("tally")

    await ben.command("count", by=1)
    await tell()
    ann.read()
    ann.leave()
    assert (await host.command("host.rewind", season=1, phase="count")).ok
    await tell()
    await ben.command("count", by=2)
    await tell()
    table = copy.deepcopy(ann.table)
    await ann.resume()
    tail = [frame for frame in ann.connection.got if isinstance(frame, Update)]
    assert len(tail) > 1
    for frame in tail:
        apply(table, frame.table or {})
        assert table.get("tally") == told[frame.seq], frame.seq
