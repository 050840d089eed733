"""Twin games: one secret differs, and nobody whom it does not concern gets another byte. Part of the conformance kit.

`compare` plays one game twice in step. In each phase a twin of the game begins, equal but for one thing: a seat
sends other orders (or none), holds another hand, or what nobody sees is otherwise. Every stranger must get
the same until the phase closes: table, hand, each patch, lines, legal commands, their starts, defaults and refusals, to
the byte, so that no size, count or order tells either. What a stranger imagines
of both games is one, too. In `cards` one seat's private cards (owner's fields that
the end opens) are others from the start, and nothing differs for anybody else until the end.

Who is no stranger: the seat itself; who shares an entity with it that its orders touch (a paper between two, and
whichever of the two answers it); whom an event of its orders tells a line. What nobody sees comes to light by dice
alone, to the one who rolled them.
Raises `NonConformance` with a sentence.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.entity import Entity, Key, Sight, sight_of
from makersphere_rules.events import Drawn, Event
from makersphere_rules.kit.conformance import NonConformance, Pick, picker, sample
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.imagined_game import imagined
from makersphere_rules.seen.views import Views, ordered
from makersphere_rules.state import Choice, State

__all__ = ["Compared", "cards", "compare"]

Outcome = tuple[Event, ...] | Refusal
Difference = Literal["orders", "hand", "hidden", "cards"]
_DIFFERENCES: Final[tuple[Difference, ...]] = ("orders", "orders", "hand", "hidden")
_ORDERS_A_PHASE: Final = 2


@attrs.frozen
class Compared:
    """What a comparison covered: how many twins differed, and after how many orders strangers got the same."""

    twins: int
    orders: int


def compare(scenario: Scenario, seats: int, seed: str, *, orders: int = _ORDERS_A_PHASE) -> Compared:
    """Play a game with a new twin in each phase.

    Args:
        scenario: what is played.
        seats: how many seats the room has.
        seed: names the game; the same seed gives the same game and the same twins.
        orders: how many orders a seat sends in each phase.

    Raises:
        NonConformance: a stranger got something else.
    """
    state, pick = _begin(scenario, seats, seed), picker(seed)
    twins = compared = 0
    while state.game.status == "running":
        difference, seat = _DIFFERENCES[pick(len(_DIFFERENCES))], state.seats()[pick(len(state.seats()))]
        other = state.copy()
        if not _differ(other, seat, difference, pick):
            difference = "orders"
        pair = _Pair(state, other, seat, difference, pick)
        pair.phase(orders)
        twins += pair.differs
        compared += pair.orders
        pair.close_apart()
    return Compared(twins, compared)


def cards(scenario: Scenario, seats: int, seed: str, *, orders: int = _ORDERS_A_PHASE) -> Compared:
    """Play a whole game with one twin in which one seat holds other private cards; arguments as for `compare`.

    Raises:
        NonConformance: a stranger got something else before the end.
    """
    state, pick = _begin(scenario, seats, seed), picker(seed)
    holders = [seat for seat in state.seats() if _differ(state.copy(), seat, "cards", picker(seed))]
    if not holders:
        return Compared(0, 0)
    other, seat = state.copy(), holders[pick(len(holders))]
    _differ(other, seat, "cards", picker(seed))
    pair = _Pair(state, other, seat, "cards", pick)
    while state.game.status == "running":
        pair.phase(orders)
        if len(pair.strangers) == 0 or _is_last(state):
            break
        pair.close()
    return Compared(1, pair.orders)


def _begin(scenario: Scenario, seats: int, seed: str) -> State:
    state = engine.new(scenario, SeededDice(hashlib.sha256(seed.encode()).digest()), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return state


def _is_last(state: State) -> bool:
    game = state.game
    return game.season == game.seasons and game.phase_number + 1 == len(state.scenario.phases)


# -- what differs


def _differ(twin: State, seat: int, difference: Difference, pick: Pick) -> bool:
    """Change what a seat of a twin holds, or what nobody sees, and return whether there was anything to change."""
    if difference == "orders":
        return True
    found = list(_others(twin, seat, difference, pick))
    for entity in found:
        twin.kinds[type(entity)][entity.key] = entity
    return bool(found)


def _others(twin: State, seat: int, difference: Difference, pick: Pick) -> Iterator[Entity]:
    """Yield each entity with the secrets of another one of its kind; those are values that a secret can have."""
    for cls, kind in twin.kinds.items():
        if cls is Choice:
            continue  # what a seat seals is varied by its orders
        secrets = [field.name for field in attrs.fields(cls) if _is_secret(sight_of(field), difference)]
        donors = list(kind.values())
        for entity in donors if secrets else ():
            if difference == "hidden" or entity.owners == (seat,):
                start = pick(len(donors))
                yield from _exchanged(entity, [*donors[start:], *donors[:start]], secrets)


def _is_secret(sight: tuple[Sight, bool], difference: Difference) -> bool:
    match difference:
        case "hidden":
            return sight[0] == "nobody"
        case "cards":
            return sight == ("owner", True)
        case _:
            return sight[0] == "owner"


def _exchanged(entity: Entity, donors: Iterable[Entity], secrets: Sequence[str]) -> Iterator[Entity]:
    """Yield an entity with the secrets of the first donor in which they differ, or with its own ones reversed."""
    for donor in donors:
        values: dict[str, Any] = {name: getattr(donor, name) for name in secrets}
        if donor is entity:
            values = {name: value[::-1] for name, value in values.items() if type(value) is tuple}
        changed = attrs.evolve(entity, **values)
        if changed != entity and changed.key == entity.key and changed.owners == entity.owners:
            yield changed
            return


# -- the two games in step


class _Pair:
    """A game and its twin, played in step."""

    def __init__(self, one: State, two: State, seat: int, difference: Difference, pick: Pick) -> None:
        self.games = (one, two)
        self.orders = 0
        self.differs = difference != "orders"
        self._seat = seat
        self._difference = difference
        self._pick = pick
        self._insiders = set() if difference == "hidden" else {seat}
        self._views = (Views(one), Views(two))
        for views in self._views:
            for number in one.seats():
                views.hand(number)
        self._compare_all()

    @property
    def strangers(self) -> list[int]:
        """Return the seats that nothing of the difference may reach."""
        return [seat for seat in self.games[0].seats() if seat not in self._insiders]

    def phase(self, rounds: int) -> None:
        """Let every seat send its orders in both games, and compare what strangers get after each."""
        for _ in range(rounds):
            for seat in self.games[0].seats():
                self._act(seat)
            self._compare_all()
        self._compare_imagined()

    def close_apart(self) -> None:
        """Close the phase, which makes secrets public; the order of what is public then must still tell nothing."""
        for game in self.games:
            engine.step(game, engine.ROOM, engine.Order("close"))
        patches = [views.refresh().table for views in self._views]
        for what, trees in (("patch", patches), ("table", [ordered(views.table) for views in self._views])):
            apart = _apart(trees[0], trees[1])
            if apart and self.strangers:
                self._fail(f"in the {what} of the close {apart} stand in another order")

    def close(self) -> None:
        """Close the phase in both games; strangers still get the same."""
        order = engine.Order("close")
        outcomes = [engine.step(game, engine.ROOM, order) for game in self.games]
        self._compare_lines("close", outcomes)
        self._compare_patches("close")
        self._compare_all()

    def _act(self, seat: int) -> None:
        order = self._random_order(self.games[0], seat)
        orders = [order, self._twin_order(seat, order)]
        if seat in self._insiders and orders[0] != orders[1]:
            self.differs = True
        papers = _papers(self.games[0], self._insiders)
        outcomes = [() if o is None else engine.step(g, seat, o) for g, o in zip(self.games, orders, strict=True)]
        if self._is_let_in(seat, outcomes):
            self._insiders.add(seat)
            for game, outcome in zip(self.games, outcomes, strict=True):
                self._insiders |= _reached(game, seat, outcome)
        else:
            _check_outcomes(seat, order, outcomes)
            if any(entity.key in papers[type(entity)] and seat in entity.owners for entity in _touched(self.games[0])):
                self._insiders.add(seat)  # who answers what one of them has sent deals with them as they are by then
        self._compare_lines(order.name, outcomes)
        self._compare_patches(order.name)
        self.orders += 1

    def _random_order(self, game: State, seat: int) -> engine.Order:
        forms = engine.legal(game, seat)
        name = sorted(forms)[self._pick(len(forms))]
        return engine.Order(name, sample(forms[name], self._pick), engine.At(game.game.season, game.game.phase))

    def _twin_order(self, seat: int, order: engine.Order) -> engine.Order | None:
        """Return what the twin's seat sends: the same, but in `orders` the one seat something else, or nothing."""
        if seat != self._seat or self._difference != "orders" or order.name == "ready":
            return order  # who is ready is for everybody to see
        other = self._random_order(self.games[1], seat)
        return None if other.name == "ready" or self._pick(2) else other

    def _is_let_in(self, seat: int, outcomes: Sequence[Outcome]) -> bool:
        if seat in self._insiders:
            return True
        rolled = any(not isinstance(o, Refusal) and any(isinstance(e, Drawn) for e in o) for o in outcomes)
        return self._difference == "hidden" and rolled

    # -- what strangers get

    def _compare_lines(self, name: str, outcomes: Sequence[Outcome]) -> None:
        strangers = set(self.strangers)
        told = [[line for line in _lines(outcome) if line[0] & strangers or 0 in line[0]] for outcome in outcomes]
        heard = [[(sorted(to & {*strangers, 0}), text, values) for to, text, values in lines] for lines in told]
        if strangers and heard[0] != heard[1]:
            self._fail(f"after {name} strangers are told {heard[0]} or {heard[1]}")

    def _compare_patches(self, name: str) -> None:
        one, two = (views.refresh() for views in self._views)
        if not self.strangers:
            return
        if _text(one.table) != _text(two.table):
            self._fail(f"{name} shows on the table: {one.table} or {two.table}")
        for seat in self.strangers:
            if _text(one.hands.get(seat, {})) != _text(two.hands.get(seat, {})):
                self._fail(f"{name} shows in the hand of seat {seat}: {one.hands.get(seat)} or {two.hands.get(seat)}")

    def _compare_all(self) -> None:
        """Compare what a seat is given when it comes back: whole views, legal commands, starts and defaults."""
        (one, two), (first, second) = self._views, self.games
        if self.strangers and _text(one.table) != _text(two.table):
            self._fail("the table differs")
        for seat in self.strangers:
            if _text(one.hand(seat)) != _text(two.hand(seat)):
                self._fail(f"the hand of seat {seat} differs: {one.hand(seat)} or {two.hand(seat)}")
            for what in (_legal, _starts, engine.defaults):
                mine, twins = what(first, seat), what(second, seat)
                if _text(mine) != _text(twins):
                    self._fail(f"{what.__name__.strip('_')} of seat {seat} differs: {mine} or {twins}")

    def _compare_imagined(self) -> None:
        """Let a stranger imagine both games with the same dice; both must come out alike."""
        if self.strangers:
            turn = self.games[0].game.season + self.games[0].game.phase_number
            seat, dice = self.strangers[turn % len(self.strangers)], SeededDice(b"imagined")
            one, two = (imagined(game, seat, dice) for game in self.games)
            for name in ("kinds", "settled_kinds"):
                if _text(getattr(one, name)) != _text(getattr(two, name)):
                    self._fail(f"seat {seat} imagines it otherwise ({name})")

    def _fail(self, sentence: str) -> None:
        game = self.games[0].game
        why = {
            "orders": f"seat {self._seat} sent other orders",
            "hand": f"seat {self._seat} holds another hand",
            "hidden": "what nobody sees is otherwise",
            "cards": f"seat {self._seat} holds other private cards",
        }[self._difference]
        raise NonConformance(f"season {game.season}, {game.phase}: {why}, and {sentence}")


def _apart(one: Mapping[str, Any], two: Mapping[str, Any]) -> str:
    """Return the name of what two trees hold in another order: the kinds, or a kind's entities; "" if nothing."""
    if [kind for kind in one if kind in two] != [kind for kind in two if kind in one]:
        return "kinds"
    for kind, entities in one.items():
        others = two.get(kind)
        if not isinstance(entities, dict) or not isinstance(others, dict):
            continue
        if [key for key in entities if key in others] != [key for key in others if key in entities]:
            return kind
    return ""


def _legal(state: State, seat: int) -> Mapping[str, object]:
    """Return what a seat may send and, by name, why it may not send the rest."""
    role, commands = state.role(seat), state.scenario.commands[state.game.phase].values()
    return {
        command.name: command.form(state, seat) for command in commands if not command.roles or role in command.roles
    }


def _starts(state: State, seat: int) -> Mapping[str, object]:
    """Return what the forms of a seat begin with, and what that comes to."""
    begun = engine.starts(state, seat, engine.legal(state, seat))
    return {
        f"{name} {place}": (
            start,
            engine.numbers(state, seat, name, {**start.values, start.field: start.options[0]}) if start.options else {},
        )
        for name, starts in begun.items()
        for place, start in enumerate(starts)
    }


def _check_outcomes(seat: int, order: engine.Order, outcomes: Sequence[Outcome]) -> None:
    one, two = (outcome if isinstance(outcome, Refusal) else None for outcome in outcomes)
    if one != two:
        shown = " or ".join(str(refusal or "carried out") for refusal in (one, two))
        raise NonConformance(f"whether {order.name} of seat {seat} is refused tells a secret of others: {shown}")


def _lines(outcome: Outcome) -> Iterator[tuple[set[int], str, str]]:
    for event in () if isinstance(outcome, Refusal) else outcome:
        for line in event.lines():
            yield set(line.audience), line.text, _text(dict(line.values))


def _reached(game: State, seat: int, outcome: Outcome) -> set[int]:
    """Return the seats that an order may reach: who is told of it, and who shares a touched entity with one of them."""
    reached = {seat}
    for audience, *_ in _lines(outcome):
        reached |= set(game.seats()) if 0 in audience else audience
    papers = [set(entity.owners) for entity in _touched(game) if len(entity.owners) > 1]
    before = -1
    while before != len(reached):
        before = len(reached)
        for owners in papers:
            if owners & reached:
                reached |= owners
    return reached


def _papers(game: State, seats: Iterable[int]) -> dict[type[Entity], set[Key]]:
    """Return the keys of what is shared with some seats by now."""
    papers = defaultdict[type[Entity], set[Key]](set)
    for seat in seats:
        for cls, keys in game.owned[seat].items():
            papers[cls] |= {key for key in keys if len(game.one(cls, key).owners) > 1}
    return papers


def _touched(game: State) -> Iterator[Entity]:
    for cls, keys in game.touched.items():
        for key in keys:
            entity = game.find(cls, key)
            if entity is not None:
                yield entity


def _text(tree: object) -> str:
    """Return a tree as text in the order in which it stands, as it would go over the wire."""
    return repr(tree)
