"""One game without a server and over sockets: bots get what the wire gives, so the states at the end are equal."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from makersphere_bots.asking_order import in_turn
from makersphere_bots.catalogue import policy as policy_by_name
from makersphere_bots.stand_ins import StandIns
from makersphere_clients.connection import Connection
from makersphere_clients.wire_bots import PASSES, WireBot, seat_bots
from makersphere_playtest.games.headless import ANY, Runner, seed_bytes
from makersphere_protocol.messages import Create, Options
from makersphere_rules import engine
from makersphere_rules.dice import SeededDice, commitment
from makersphere_rules.refusals import Refusal
from makersphere_rules.shipped import scenario
from makersphere_rules.state import State
from makersphere_rules.written.notation import decode_events, event_types, state_hash
from makersphere_server.app import running
from makersphere_server.room import pulse
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.shown import room_view
from tests.clients.fake import AT_ONCE
from tests.loopback import loopback
from tests.server.rig.memory_log import MemoryLog


class Committed(Runner):
    """A game without a server that starts with the commitment of a room's seed and nonce, as the room does."""

    def __init__(self, name: str, seats: int, seed: str, policy: str, nonce: bytes) -> None:
        """Open a lobby."""
        super().__init__(scenario(name), seats, seed, {ANY: policy_by_name(policy)}, keep=False)
        self._commitment = commitment(seed_bytes(seed), nonce)

    def _do(self, actor: int, order: engine.Order) -> Refusal | None:
        if order.name == "start":
            order = engine.Order("start", {"commitment": self._commitment})
        return super()._do(actor, order)


async def play_in_turns(host: Connection, bots: list[WireBot]) -> None:
    """Ask the bots one after another as a game without a server does, each with a fresh picture of the room."""
    assert (await host.command("host.start")).ok
    first = bots[0].connection
    await first.redraw()
    while not first.mirror.is_over:
        at, seats = first.mirror.at, {bot.seat: bot for bot in bots}
        turns = [seats[seat] for seat in in_turn(first.mirror.table, seats)]
        for call in range(PASSES):
            for bot in turns:
                await bot.connection.redraw()
                if bot.connection.mirror.at == at and bot.connection.mirror.has_turn:
                    await bot.turn(call)
            await first.redraw()
            if first.mirror.at != at or first.mirror.is_over:
                break
        else:
            assert (await host.command("host.advance")).ok
            await first.redraw()


async def replayed(log: MemoryLog, code: str) -> tuple[State, bytes]:
    """Return the state that a room's log leads to, and the room's nonce."""
    row = next(row for row in await log.rooms() if row.room == code)
    chosen = scenario_of(row)
    state, types = engine.new(chosen, SeededDice(row.seed), row.roles), event_types(chosen)
    for record in await log.read(code):
        for event in decode_events(record.events, types):
            engine.evolve(state, event)
    return state, row.nonce


@pytest.mark.parametrize(
    ("name", "seats", "policy"),
    [("counter", 12, "random"), ("quickstart", 6, "random"), ("classroom", 12, "standard")],
)
async def test_headless_and_over_sockets_is_the_same_game(
    name: str, seats: int, policy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Same seed, same order of turns, same policies: every number at the end is the same."""
    monkeypatch.setattr(pulse, "FLUSH_MS", 0)
    monkeypatch.setattr(room_view, "STALE_MS", 0)
    log = MemoryLog()
    settings = loopback(data=tmp_path, lab=True)
    create = Create(name, Options(seats=seats, seed=7))
    async with asyncio.timeout(300), running(settings, StandIns(), log=log) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        async with Connection(url, create, backoff=AT_ONCE) as host:
            code = host.mirror.room
            headless = Committed(name, seats, "7", policy, (await replayed(log, code))[1])
            policies = [policy_by_name(policy) for _ in range(seats)]
            bots = await seat_bots(url, code, policies, headless._root, backoff=AT_ONCE)
            await play_in_turns(host, bots)
            await asyncio.gather(*(bot.connection.close() for bot in bots))

    headless.play()

    state, _ = await replayed(log, code)
    assert state.game.status == "over"
    assert state_hash(state) == state_hash(headless.state)
    assert sum(bot.refused for bot in bots) == len(headless.refusals)
