"""One game without a server: seats are asked in turn, their moves go through the engine, the room closes phases.

Answers with what came of the game. Policies see the views and nothing else; their random streams are not the room's
dice. Never opens a file or a socket.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Final

import attrs

from makersphere_bots.asking_order import in_turn
from makersphere_bots.lookahead.simulator import LooksAhead
from makersphere_bots.policy import READY, Move, Policy, Tree
from makersphere_bots.random_stream import Stream
from makersphere_playtest.games.live_sight import Legal, LiveView
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.figures.run_results import RunResult
from makersphere_rules.ecosystem.table.ratings import Figures, Score
from makersphere_rules.engine import ROOM, At, Order, all_ready, new, ready_set, step
from makersphere_rules.events import Event
from makersphere_rules.ledger import Account
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.imagined_game import imagined
from makersphere_rules.seen.lazy_views import LazyViews
from makersphere_rules.state import CurrentRun, Seat, State
from makersphere_rules.written.notation import state_hash

__all__ = [
    "ANY",
    "PASSES",
    "Entry",
    "Player",
    "Policies",
    "Refused",
    "Result",
    "Runner",
    "play",
    "result_of",
    "seed_bytes",
    "uncollected",
]

ANY: Final = "any"
PASSES: Final = 8  # how often a seat is asked in one phase at most
Policies = Mapping[int | str, Policy]
Entry = tuple[int, Order, tuple[Event, ...]]


@attrs.frozen
class Refused:
    """A move that the rules refused."""

    seat: int
    season: int
    phase: str
    move: Move
    refusal: Refusal


@attrs.frozen
class Result:
    """What came of a game.

    Attributes:
        roles: the role of each seat, in order.
        scores: the final score of each seat, 0 where the scenario gives none.
        commands: accepted ones of seats and of the room.
        figures: the ecosystem's figures by season, those of the last run where there are several.
        runs: what came of each run where there are several.
        ledger_sum: the sum over all accounts, which must be 0.
        log: all accepted commands with their events, where the log was asked for.
        state: the state at the end, where it was asked for.
    """

    roles: tuple[str, ...]
    scores: tuple[int, ...]
    seasons: int
    commands: int
    events: int
    refusals: tuple[Refused, ...]
    figures: Mapping[int, Mapping[str, int]]
    ledger_sum: int
    wall_s: float
    cpu_s: float
    runs: tuple[RunResult, ...] = ()
    log: tuple[Entry, ...] = attrs.field(default=(), repr=False)
    state: State | None = attrs.field(default=None, repr=False)
    _state_hash: str | None = None

    @property
    def state_hash(self) -> str:
        """Return the hash of the state at the end.

        Raises:
            LookupError: no hash was asked for when the game was played.
        """
        if self._state_hash is None:
            raise LookupError("play with hashed=True")
        return self._state_hash


def seed_bytes(seed: str) -> bytes:
    """Return the 32 bytes of a seed that was given as text: its SHA-256."""
    return hashlib.sha256(seed.encode()).digest()


def play(
    scenario: Scenario,
    seats: int | tuple[str, ...],
    seed: str,
    policies: Policies,
    *,
    keep: bool = False,
    hashed: bool = False,
) -> Result:
    """Play one game to its end.

    Args:
        scenario: what is played.
        seats: how many seats, or the role of each.
        seed: of the dice; the streams of the policies are made of it too, but are not the dice.
        policies: by seat number, else by role, else under `ANY`.
        keep: keep the log and the state with the result.
        hashed: take the hash of the state at the end, which costs a thirtieth of the game.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    with uncollected():
        runner = Runner(scenario, seats, seed, policies, keep=keep)
        runner.play()
        result = result_of(runner, time.perf_counter() - wall, time.process_time() - cpu, keep=keep, hashed=hashed)
        del runner  # the game's objects are let go here, before Python looks for cycles again
    return result


def result_of(
    runner: Runner, wall_s: float = 0.0, cpu_s: float = 0.0, *, keep: bool = True, hashed: bool = False
) -> Result:
    """Return what came of the game that a runner has played."""
    state = runner.state
    accounts = state.all(Account).values()
    roles = {seat.id: seat.role for seat in state.all(Seat).values()}
    return Result(
        roles=tuple(roles.values()),
        scores=tuple(_score(state, seat) for seat in roles),
        seasons=state.game.season,
        commands=runner.commands,
        events=runner.events,
        refusals=tuple(runner.refusals),
        figures={
            number: {**found.values, **found.opened} for number, found in enumerate(state.all(Figures).values(), 1)
        },
        ledger_sum=sum(account.balance for account in accounts),
        wall_s=wall_s,
        cpu_s=cpu_s,
        runs=tuple(state.all(RunResult).values()),
        log=tuple(runner.log),
        state=state if keep else None,
        state_hash=state_hash(state) if hashed else None,
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python look for no reference cycles meanwhile: facts and entities form none, and there are many of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _score(state: State, seat: int) -> int:
    score = state.find(Score, seat)
    return 0 if score is None or score.final is None else score.final


@attrs.frozen
class Player:
    """A seat with its policy, and with what the seat sees and may do."""

    seat: int
    role: str
    policy: Policy
    view: LiveView
    legal: Legal


class Asker:
    """Asks the seats of a game in turn and puts their moves through the engine; its counts are read after the game."""

    def __init__(self, state: State, root: str, policies: Policies, *, keep: bool) -> None:
        """Take the seats of a game, in whichever phase the game is.

        Args:
            state: the game.
            root: what the streams of the policies are named after.
            policies: who plays.
            keep: keep the log.
        """
        self.state = state
        self.state.retells = keep
        self.commands = 0
        self.events = 0
        self.refusals: list[Refused] = []
        self.log: list[Entry] = []
        self._root = root
        self._policies = policies
        self._keep = keep
        self.views = LazyViews(self.state)
        self._rng = Stream(self._root)
        self.players = [self._player(seat, policies) for seat in self.state.all(Seat).values()]
        self._by_seat = {player.seat: player for player in self.players}
        self._turns = partial(_turns, tuple(self._by_seat))

    def _player(self, seat: Seat, policies: Policies) -> Player:
        policy = policies.get(seat.id) or policies.get(seat.role) or policies[ANY]
        view = LiveView(self.state, seat.id, seat.role, self.views.table, self.views.hand(seat.id))
        return Player(seat.id, seat.role, policy, view, Legal(self.state, seat.id, seat.role))

    def close(self) -> None:
        """Close the phase."""
        self._do(ROOM, Order("close"))

    def ask_all(self) -> None:
        """Ask all seats in turn until they are ready, or have been asked often enough."""
        players = self.in_turn()
        for call in range(PASSES):
            self.ask(players, call)
            if all_ready(self.state):
                return

    def ask(self, players: Sequence[Player], call: int) -> None:
        """Ask those of some players who are not ready, one after the other.

        Args:
            players: some of `self.players`.
            call: how often they have been asked in this phase before.
        """
        game = self.state.game
        at = At(game.season, game.phase)
        ready = Order(*READY, at)
        seats = self.state.all(Seat)
        for player in players:
            seat = seats[player.seat]
            if seat.asked or not seat.ready:  # the same as not `done`, without a call
                self._ask(player, at, call, ready)

    def in_turn(self) -> list[Player]:
        """Return all players in the order in which they are asked this season."""
        self.views.catch_up(self.players[0].seat)
        return [self._by_seat[seat] for seat in self.views.table.derived("world", self._turns)]

    def move(self, seat: int, move: Move) -> Refusal | None:
        """Let a seat make a move, and return why it is refused, or None."""
        game = self.state.game
        return self._do(seat, Order(*move, At(game.season, game.phase)))

    def _ask(self, player: Player, at: At, call: int, ready: Order) -> None:
        seat = player.seat
        self.views.catch_up(seat)
        self._rng.name = self._root, seat, at.season, at.phase, call
        for move in player.policy.choose(player.view, player.legal, self._rng):
            if move is READY:
                self._be_ready(seat, ready)
                continue
            refusal = self._do(seat, Order(*move, at))
            if refusal is not None:
                self.refusals.append(Refused(seat, at.season, at.phase, move, refusal))

    def _be_ready(self, seat: int, order: Order) -> None:
        """Do the order that no seat which is asked is refused: that it is ready (`run.py bench simulate`; ADR 12)."""
        self.state.set_ready(seat, ready=True)
        self.commands += 1
        self.events += 1
        if self._keep:
            self.log.append((seat, order, ready_set(seat, True)))  # noqa: FBT003

    def _do(self, actor: int, order: Order) -> Refusal | None:
        events = step(self.state, actor, order)
        if not isinstance(events, tuple):
            return events
        self.commands += 1
        self.events += len(events)
        if self._keep:
            self.log.append((actor, order, events))
        return None


def _turns(seats: tuple[int, ...], world: Tree) -> list[int]:
    """Return the seats in the order in which they are asked while the table's `world` is this one."""
    return in_turn({"world": world}, seats)


@cache
def _looks_ahead(cls: type[Policy]) -> bool:
    """Return whether policies of a class look ahead; kept by class, since `isinstance` with a protocol is slow."""
    return issubclass(cls, LooksAhead)


class Runner(Asker):
    """Plays one game from its lobby to its end."""

    def __init__(
        self, scenario: Scenario, seats: int | tuple[str, ...], seed: str, policies: Policies, *, keep: bool
    ) -> None:
        """Open a lobby; policies that look ahead are handed a simulator."""
        state = new(scenario, SeededDice(seed_bytes(seed)), seats)
        super().__init__(state, hashlib.sha256(b"policies:" + seed.encode()).hexdigest(), policies, keep=keep)

    def _player(self, seat: Seat, policies: Policies) -> Player:
        player = super()._player(seat, policies)
        policy = player.policy
        if _looks_ahead(type(policy)) and isinstance(policy, LooksAhead):
            return attrs.evolve(player, policy=policy.handed(Imagining(self.state, seat.id)))
        return player

    def copy(self) -> Runner:
        """Return the same game, to be played on apart from this one; its counts begin anew."""
        found = object.__new__(Runner)
        Asker.__init__(found, self.state.copy(), self._root, self._policies, keep=self._keep)
        return found

    def play(self) -> None:
        """Play from the start to the end."""
        with uncollected():
            self.start()
            while self.state.game.status == "running":
                self.ask_all()
                self.close()

    def start(self) -> None:
        """Start the game."""
        self._do(ROOM, Order("start"))


class Imagining:
    """A simulator of one seat, for policies that look ahead."""

    def __init__(self, state: State, seat: int) -> None:
        """Imagine nothing yet."""
        self._state = state
        self._seat = seat

    def imagine(self, name: str) -> Imagined:
        """Return the game as the seat may imagine it."""
        return Imagined(imagined(self._state, self._seat, SeededDice(seed_bytes(name))), self._seat, name)


@attrs.frozen
class Imagined:
    """A game that a seat imagines, to be played on in copies."""

    _state: State = attrs.field(repr=False)
    _seat: int
    _name: str

    def play_out(self, moves: Sequence[Move], then: Policy, others: Policy, seasons: int) -> float:
        """Return the final score of the seat."""
        score = self._played_out(moves, {self._seat: then, ANY: others}, seasons)
        gc.collect(0)  # views and their trees know each other, and a game of many looks would keep them all
        return score

    def _played_out(self, moves: Sequence[Move], policies: Policies, seasons: int) -> float:
        seat, state = self._seat, self._state.copy()
        asker = Asker(state, self._name, policies, keep=False)
        for move in moves:
            asker.move(seat, move)
        run, last = state.find(CurrentRun), state.game.season + seasons - 1
        while state.game.status == "running" and state.find(CurrentRun) == run:
            asker.ask_all()
            if state.game.season == last and state.game.phase_number + 1 == len(state.scenario.phases):
                step(state, ROOM, Order("end"))
            else:
                asker.close()
        counted = state.find(RunResult, run.number) if run is not None else None
        return counted.scores.get(seat, 0) if counted is not None else _score(state, seat)
