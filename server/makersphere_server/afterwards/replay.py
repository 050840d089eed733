"""A room's game played again from its log, each record checked on the way.

Commands are decided again by the same rules in the same state, and must give the very events that are stored (the
order of an object's keys aside). Draws are computed again from the seed. Answers the state that the log leads to, and
raises at the first record that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice, commitment
from makersphere_rules.events import Drawn, Event, GameStarted
from makersphere_rules.ledger import Account
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.written.notation import UnknownEvent, decode_events, encode_events, event_types
from makersphere_server.afterwards.orders import name_of, order_of
from makersphere_server.room.model.log.timeline import Start, lay_starts_ready
from makersphere_server.storage.chain import Damaged, founding_hash, link
from makersphere_server.storage.record import Record, RoomRow, encode_record

__all__ = ["Replay"]


class _Wrong(Exception):
    """Something in a record is not as it must be."""


class Replay:
    """A game under replay.

    Attributes:
        state: the state after the last record that was right.
        hash: the chain hash there.
        records: how many were right.
        decided: how many commands were decided again.
        draws: how many draws were computed again.
        balances: how many times the accounts were summed up.
    """

    def __init__(
        self, row: RoomRow, scenario: Scenario, *, decides: bool, starts: frozenset[Start] = frozenset()
    ) -> None:
        """Begin in the lobby.

        Args:
            row: the room.
            scenario: what it plays.
            decides: whether commands are decided again.
            starts: starts of phases that some record goes back to.
        """
        self.state = engine.new(scenario, SeededDice(row.seed), row.roles)
        self.hash = founding_hash(row)
        self.records = self.decided = self.draws = self.balances = 0
        self._row = row
        self._types = event_types(scenario)
        self._decides = decides
        self._starts = starts
        self._ids: set[tuple[str, str]] = set()

    def take(self, record: Record) -> None:
        """Check a record and apply its events.

        Raises:
            Damaged: it is wrong.
        """
        try:
            self._check_place(record)
            self._check_command(record)
            events = decode_events(record.events, self._types)
            self._check_chance(events)
            self._apply(events)
            lay_starts_ready(self.state, events, self._starts)
            self._check_state(events)
        except (_Wrong, UnknownEvent, msgspec.MsgspecError) as wrong:
            raise Damaged(self._row.room, self.records + 1, str(wrong)) from wrong
        self.records += 1
        self.hash = link(self.hash, encode_record(record))

    def _check_place(self, record: Record) -> None:
        if record.seq != self.records + 1:
            raise _Wrong(f"record {record.seq} stands where {self.records + 1} belongs")
        game = self.state.game
        if (record.season, record.phase) != (game.season, game.phase):
            where = f"season {record.season}, {record.phase}"
            raise _Wrong(f"it says {where}, but the game was in season {game.season}, {game.phase}")
        identity = (record.token, record.command_id)
        if record.command_id and identity in self._ids:
            raise _Wrong(f"the command id {record.command_id!r} was accepted before")
        self._ids.add(identity)

    def _check_command(self, record: Record) -> None:
        if not self._decides:
            return
        order = order_of(self._row, record)
        if order is None:
            if record.events != b"[]":
                raise _Wrong(f"{name_of(record)} is no command of the game, but has events")
            return
        outcome = engine.decide(self.state, record.actor, order)
        if isinstance(outcome, Refusal):
            raise _Wrong(f"the rules refuse {order.name}: {outcome.code}, {outcome.text}")
        again = encode_events(outcome)
        if again != record.events and msgspec.json.decode(again) != msgspec.json.decode(record.events):
            raise _Wrong(f"{order.name} has other results than the stored ones by the same rules")
        self.decided += 1

    def _check_chance(self, events: Sequence[Event]) -> None:
        for event in events:
            match event:
                case Drawn(draws):
                    for one in draws:
                        place = (one.season, one.phase, one.purpose, one.entity, one.number, one.sides)
                        value = self.state.dice.draw(*place)
                        if value != one.value:
                            raise _Wrong(f"the draw {one.purpose} of {one.entity} is {value}, not {one.value}")
                        self.draws += 1
                case GameStarted(published):
                    if published not in ("", commitment(self._row.seed, self._row.nonce)):
                        raise _Wrong("the seed is not the one whose commitment was published")
                case _:
                    pass

    def _apply(self, events: Sequence[Event]) -> None:
        for event in events:
            try:
                engine.evolve(self.state, event)
            except Exception as error:  # whatever a changed log makes the rules do: it is the log that is wrong
                raise _Wrong(f"{event.type} contradicts the state: {error!r}") from error
        self.state.forget_changes()

    def _check_state(self, events: Sequence[Event]) -> None:
        if not events:
            return
        total = sum(account.balance for account in self.state.all(Account).values())
        if total:
            raise _Wrong(f"the accounts sum to {total}, not to zero")
        self.balances += 1
        broken = engine.invariants(self.state)
        if broken:
            raise _Wrong(broken[0])
