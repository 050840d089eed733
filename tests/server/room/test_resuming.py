"""Coming back: only what was missed where the server still has it, else the whole picture."""

from makersphere_protocol.messages import Resume, Update
from makersphere_server.room.model.feed import PHASES_WRITTEN, RECENT_LINES, WORDS_TOLD
from tests.server.rig.fakes import Client, Rig, code


def _words(client: Client) -> list[object]:
    """Return what a client was told that somebody wrote."""
    return [line.values["text"] for line in client.lines() if "text" in line.values]


async def _away(rig: Rig) -> tuple[Client, Client]:
    """Return a host and somebody who has missed two commands."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, "Ben")
    await rig.pass_ms(100)
    ann.read()
    ann.leave()
    for by in (3, 4):
        await ben.command("count", by=by)
        await rig.pass_ms(50)
    return host, ann


async def test_a_tail_when_the_server_still_has_it(rig: Rig) -> None:
    """Who names the `seq` and `epoch` last seen gets one update with what was missed, and no table."""
    host, ann = await _away(rig)
    await ann.resume()
    host.read()
    assert ann.welcome().resumed
    assert ann.welcome().table is None
    assert ann.table["tally"]["total"] == 7
    assert ann.table == host.table
    assert [line.values["by"] for line in ann.lines() if line.text == "counted"] == [3, 4]


async def test_a_tail_goes_on_after_the_room_was_read_again(rig: Rig) -> None:
    """Who was away while a refused store made the room be read again still hears what changes in their hand."""
    host, ann = await _away(rig)
    ben = await rig.join(host.room, "Cem")
    rig.log.fail_next()
    assert code(await ben.command("count", by=1)) == "unavailable"
    await rig.pass_ms(1_000)
    await ann.resume()
    assert ann.welcome().resumed
    assert (await host.command("host.end")).ok
    await rig.pass_ms(50)
    ann.read()
    grown = ann.hand
    await ann.resume(fresh=True)
    assert ann.hand == grown


async def test_a_snapshot_for_who_says_nothing(rig: Rig) -> None:
    """Without `seq` the whole picture comes."""
    host, ann = await _away(rig)
    await ann.resume(fresh=True)
    host.read()
    assert not ann.welcome().resumed
    assert ann.table == host.table


async def test_a_snapshot_when_too_much_was_missed(rig: Rig) -> None:
    """The ring of steps is bounded; beyond it the whole picture comes."""
    host, ann = await _away(rig)
    for n in range(600):
        await host.command("host.announce", text=f"number {n}")
        await rig.pass_ms(50)
    await ann.resume()
    host.read()
    assert not ann.welcome().resumed
    assert ann.table == host.table


async def test_a_snapshot_after_a_restart(rig: Rig) -> None:
    """After a restart the steps are gone, the picture is as it was."""
    _, ann = await rig.started()
    await ann.command("count", by=5)
    await rig.pass_ms(100)
    ann.read()
    hand, tally = dict(ann.hand), ann.table["tally"]
    await rig.kill()
    await rig.start()
    await ann.resume()
    assert not ann.welcome().resumed
    assert ann.table["tally"] == tally
    assert ann.hand == hand
    assert ann.table["seat"]["1"]["by"] == "person"
    assert ann.table["seat"]["2"]["by"] == "bot"


async def test_nothing_missed_is_nothing_sent(rig: Rig) -> None:
    """Who has seen all gets a welcome that says so; what stood in the last step may come twice, and changes nothing."""
    _, ann = await rig.started()
    await rig.pass_ms(2_000)
    ann.read()
    table, hand = dict(ann.table), dict(ann.hand)
    await ann.resume()
    assert ann.welcome().resumed
    assert ann.table == table
    assert ann.hand == hand


async def test_overlay_changes_repeat_the_seq_and_are_not_missed(rig: Rig) -> None:
    """Somebody went without a command: it is in the tail although the `seq` is the same."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, "Ben")
    await rig.pass_ms(100)
    ann.read()
    seq = ann.seq
    assert ann.table["seat"]["2"]["by"] == "person"
    ann.leave()
    ben.leave()
    await rig.pass_ms(50)
    await ann.resume()
    assert ann.welcome().resumed
    assert ann.seq == seq
    assert ann.table["seat"]["2"]["by"] == "away"


async def test_who_has_seen_more_than_there_is(rig: Rig) -> None:
    """A client that is ahead is told `server_behind`; the room stands still and the host is told, until it goes on."""
    host, ann = await rig.started()
    ahead = Client(rig)
    await ahead.say(Resume(ann.room, ann.token, seq=ann.seq + 10, epoch=ann.epoch))
    assert ahead.error().code == "server_behind"
    assert ahead.connection.closed == 1013
    assert code(await ann.command("count", by=1)) == "paused"
    await rig.pass_ms(50)
    host.read()
    assert host.hand["host"]["behind"] is True
    assert (await host.command("host.resume")).ok
    assert (await ann.command("count", by=1)).ok
    ahead.connect()
    await ahead.say(Resume(ann.room, ann.token, seq=ann.seq + 10, epoch=ann.epoch))
    await rig.pass_ms(50)
    ahead.read()
    assert ahead.epoch == ann.epoch + 1
    assert not ahead.welcome().resumed


async def test_a_clogged_connection_gets_the_newest_state(rig: Rig) -> None:
    """Who does not read for a while costs nothing and delays nobody; afterwards one update brings all."""
    host, ann = await rig.started()
    wall = await rig.watch(host.room)
    wall.connection.clogged = True
    before = len(wall.connection.sent)
    for _ in range(5):
        await ann.command("count", by=1)
        await rig.pass_ms(50)
    assert len(wall.connection.sent) == before
    wall.connection.clogged = False
    assert wall.connection.drained is not None
    wall.connection.drained()
    wall.read()
    host.read()
    assert len(wall.connection.sent) == before + 1
    assert isinstance(wall.connection.got[-1], Update)
    assert wall.table == host.table


async def test_a_connection_that_stays_clogged_is_cut(rig: Rig) -> None:
    """Beyond the ring there is nothing to send: the connection is cut, and comes back by a snapshot."""
    host, _ = await rig.started()
    wall = await rig.watch(host.room)
    wall.connection.clogged = True
    for n in range(600):
        await host.command("host.announce", text=f"number {n}")
        await rig.pass_ms(50)
    wall.connection.clogged = False
    assert wall.connection.drained is not None
    wall.connection.drained()
    assert wall.connection.closed == 1006


def _counted(client: Client) -> list[object]:
    return [line.values["by"] for line in client.lines() if line.text == "counted"]


async def test_who_leads_or_watches_reads_what_was_told_last(rig: Rig) -> None:
    """A console or a wall that opens in mid-game gets the last public lines behind its welcome; a seat gets none."""
    host, ann = await rig.started()
    for by in (3, 4):
        await ann.command("count", by=by)
    await rig.pass_ms(100)
    await host.command("host.message", seat=1, text="between us")
    await rig.pass_ms(100)
    for client in (host, ann):
        await client.resume(fresh=True)
    wall = await rig.watch(host.room)
    assert _counted(host)[-2:] == _counted(wall)[-2:] == [3, 4]
    assert "messaged" not in [line.text for line in (*host.lines(), *wall.lines())]
    assert _counted(ann) == []


async def test_what_was_told_last_is_read_after_a_restart_too(rig: Rig) -> None:
    """The last lines come from the log then; there are never more than 30."""
    host, ann = await rig.started()
    for _ in range(40):
        await ann.command("count", by=1)
        await rig.pass_ms(200)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert len(host.lines()) == 30
    assert host.lines()[-1].seq == host.seq


async def test_a_seat_that_has_seen_nothing_is_told_what_the_host_wrote(rig: Rig) -> None:
    """A reloaded page reads it, whatever phase it came in; what was written to somebody else it never reads."""
    host, ann = await rig.started("two")
    await host.command("host.announce", text="Coffee at ten")
    await host.command("host.message", seat=1, text="Well done")
    await host.command("host.message", seat=2, text="Not for Ann")

    async def words() -> list[object]:
        await rig.pass_ms(100)
        await ann.resume(fresh=True)
        return _words(ann)

    assert await words() == ["Coffee at ten", "Well done"]
    await host.command("host.advance")
    await host.command("host.announce", text="Two minutes")
    assert await words() == ["Coffee at ten", "Well done", "Two minutes"]
    assert ann.lines()[0].text == "phase_opened"
    for more in range(1, PHASES_WRITTEN + 1):
        await host.command("host.advance")
        assert await words() == ["Coffee at ten", "Well done", "Two minutes"]
        opened = [line for line in ann.lines() if line.text == "phase_opened"]
        assert len(opened) == 2 + more  # of both phases with words, and of the last ones
        assert opened[-1].values["phase"] == ann.table["game"]["phase"]


async def test_what_the_host_wrote_in_the_lobby_is_told_again_before_any_opening(rig: Rig) -> None:
    """So that a page knows when it was, however many phases have been closed since, and after a restart too."""
    host = await rig.create("two")
    ann = await rig.join(host.room)
    for text in ("M1", "M2"):
        await host.command("host.announce", text=text)
    for command in ("host.start", *3 * ("host.advance",)):
        await host.command(command)
        await rig.pass_ms(100)
        await ann.resume(fresh=True)
        assert [line.values.get("text") for line in ann.lines()][:2] == ["M1", "M2"]
    again = ann.lines()
    assert [line.text for line in again[2:]] == PHASES_WRITTEN * ["phase_opened"]
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    assert ann.lines() == again


async def test_who_sits_down_reads_no_words_of_long_ago(rig: Rig) -> None:
    """What was written to all in that phase and the one before, and what comes; after a reload or a restart too."""
    host, _ = await rig.started("two")
    for text in ("Of long ago", "Of before", "Of now"):
        await host.command("host.announce", text=text)
        if text != "Of now":
            await host.command("host.advance")
    await rig.pass_ms(100)
    ben = await rig.join(host.room, "Ben", seat=2)
    assert _words(ben) == ["Of before", "Of now"]
    await host.command("host.announce", text="Of later")
    for _ in range(PHASES_WRITTEN + 1):
        await host.command("host.advance")
    await rig.pass_ms(100)
    await ben.resume(fresh=True)
    assert _words(ben) == ["Of before", "Of now", "Of later"]
    await rig.kill()
    await rig.start()
    await ben.resume(fresh=True)
    assert _words(ben) == ["Of before", "Of now", "Of later"]


async def test_who_takes_a_seat_over_does_not_read_what_was_written_to_its_last_person(rig: Rig) -> None:
    """What was said to all they read, also after a reload."""
    host, _ = await rig.started("two")
    await rig.join(host.room, "Ben")  # the phase waits for Ben
    await host.command("host.message", seat=1, text="For Ann alone")
    await host.command("host.announce", text="For all")
    assert (await host.command("host.remove", seat=1)).ok
    await rig.pass_ms(100)
    eve = await rig.share(host, "Eve", 1)
    first = eve.seq
    for seen in (None, 0, *range(1, first + 1)):  # a client of Eve's own may say that it has seen anything
        if seen is not None:
            eve.seq = seen
            await eve.resume(fresh=seen == 0)
        assert eve.you.seat == 1
        told = _words(eve)
        assert told == ["For all"] or (seen == first and not told)


async def test_what_the_host_wrote_is_told_again_after_a_restart(rig: Rig) -> None:
    """To whom it was written, however much else has happened since."""
    host, ann = await rig.started("two")
    await host.command("host.announce", text="Of long ago")
    await host.command("host.advance")
    await host.command("host.announce", text="For all")
    await host.command("host.message", seat=1, text="For Ann")
    await host.command("host.message", seat=2, text="For somebody else")
    await rig.pass_ms(100)
    ann.read()
    for _ in range(RECENT_LINES + 5):
        await ann.command("count", by=1)
    await host.command("host.advance")
    for end in (rig.stop, rig.kill):
        await rig.pass_ms(100)
        await end()
        await rig.start()
        await ann.resume(fresh=True)
        await host.resume(fresh=True)
        assert _words(ann) == ["Of long ago", "For all", "For Ann"]
        assert [line.text for line in ann.lines() if "text" not in line.values] == 3 * ["phase_opened"]
        assert [line.text for line in host.lines()].count("counted") > 20
    texts = dict.fromkeys(key for key in await rig.log.privates(host.room) if key.startswith("text:"))
    await rig.stop()
    await rig.log.put_private(host.room, texts)  # as `makersphere rooms erase` does
    await rig.start()
    await ann.resume(fresh=True)
    assert _words(ann) == []


async def test_who_takes_a_seat_over_does_not_read_what_was_written_before_a_restart_either(rig: Rig) -> None:
    """Whether the restart comes before or after somebody new has sat down; what is written to them later is theirs."""
    host, _ = await rig.started("two")
    await rig.join(host.room, "Ben")  # the phase waits for Ben
    await host.command("host.message", seat=1, text="For Ann alone")
    assert (await host.command("host.remove", seat=1)).ok
    await rig.pass_ms(100)
    await rig.stop()
    await rig.start()
    await host.resume(fresh=True)
    eve = await rig.share(host, "Eve", 1)
    assert _words(eve) == []
    await host.command("host.message", seat=1, text="For Eve")
    await rig.pass_ms(100)
    for end in (rig.kill, rig.stop):
        await end()
        await rig.start()
        await eve.resume(fresh=True)
        assert _words(eve) == ["For Eve"]


async def test_who_joins_a_team_takes_no_word_of_the_hosts_from_it(rig: Rig) -> None:
    """The seat is not a new one's: both read what it was told."""
    host, ann = await rig.started("two", teams=True)
    await host.command("host.message", seat=1, text="Well done")
    cat = await rig.share(host, "Cat", 1)
    for one in (ann, cat):
        await rig.pass_ms(100)
        await one.resume(fresh=True)
        assert _words(one) == ["Well done"]


async def test_of_many_words_the_last_are_told_again(rig: Rig) -> None:
    """A host that writes for hours makes no frame that grows without end; what others are told takes nobody's place."""
    host, ann = await rig.started("two")
    await host.command("host.message", seat=1, text="For Ann")
    for number in range(WORDS_TOLD - 1):
        await host.command("host.message", seat=2, text=f"not for Ann {number}")
        await host.command("host.announce", text=f"number {number}")
    numbers = [f"number {number}" for number in range(WORDS_TOLD)]
    await rig.pass_ms(100)
    await ann.resume(fresh=True)
    assert _words(ann) == ["For Ann", *numbers[:-1]]
    await host.command("host.announce", text=numbers[-1])
    await rig.pass_ms(100)
    await ann.resume(fresh=True)
    assert _words(ann) == numbers
    assert ann.lines()[0].text == "phase_opened"
