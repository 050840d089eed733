"""What is kept current step by step equals what is worked out afresh: views, hands, owners, seats, all that is derived.

What everybody may see is said here once more, straight from the declared sight of the fields.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.entity import Entity, Key, changed, nobody, owner, settled, sight_of, table
from makersphere_rules.events import ChoiceMade, GameEnded, PhaseOpened, ReadySet
from makersphere_rules.forms import Form
from makersphere_rules.frozen import frozen
from makersphere_rules.restarts import go_back, lay_ready
from makersphere_rules.seen.views import Views, hand_of, table_of
from makersphere_rules.state import Choice, Seat, State

if TYPE_CHECKING:
    from collections.abc import Sequence

SEATS: Final = 4
Tree = dict[str, Any]


@frozen
class Board(Entity, single=True):
    """All of it lies on the table as it is."""

    lines: int = table(0)
    writer: str = table("")


@frozen
class Sign(Entity):
    """It has fixed fields alone, so it shows when it comes and when it goes."""

    number: int = table(key=True, fixed=True)
    words: tuple[str, ...] = table((), fixed=True)


@frozen
class Note(Entity, kind="memo"):
    """It goes from hand to hand; what is in it shows with the close, its secret at the end."""

    number: int = table(key=True)
    holder: int = table(0, owner=True)
    text: str = settled("")
    worth: int = owner(0)
    secret: str | None = nobody(None, opens=True)


@frozen
class Share(Entity):
    """It belongs to two seats, and its values are not plain as they are."""

    first: int = settled(key=True, owner=True)
    second: int = settled(key=True, owner=True)
    parts: Mapping[int, int] = settled(factory=dict)
    plan: Mapping[str, Mapping[str, int | None]] = owner(factory=dict)
    marks: tuple[tuple[int, ...], ...] = owner(())
    ends: tuple[int, tuple[int, ...]] = owner((0, ()))
    until: int | None = owner(None)


@frozen
class Tale(Entity):
    """It shows at the end alone, and its module names a type that only type checkers know."""

    number: int = nobody(key=True, opens=True)
    told: Sequence[int] = nobody((), opens=True)


# -- what may be seen, said once more


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items() if item is not None}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def fields(entity: Entity | None, *sights: str, opens: bool = False) -> Tree:
    """Return the fields of an entity with one of these sights, or that the end opens."""
    found: Tree = {}
    for field in attrs.fields(type(entity)) if entity is not None else ():
        sight, opened = sight_of(field)
        value = getattr(entity, field.name)
        if value is not None and (sight in sights or (opens and opened)):
            found[field.name] = plain(value)
    return found


def tree_of(state: State, shown: Callable[[Entity], Tree]) -> Tree:
    """Return a tree of all entities as `shown` has each."""
    tree: Tree = {}
    for cls, kind in state.kinds.items():
        for key, entity in kind.items():
            if found := shown(entity):
                tree.setdefault(cls.kind, {})[str(key)] = found
        if cls.single and cls.kind in tree:
            (tree[cls.kind],) = tree[cls.kind].values()
    return tree


def table_afresh(state: State) -> Tree:
    """Return what everybody may see."""
    is_over = state.game.status == "over"

    def shown(entity: Entity) -> Tree:
        public = state.settled_kinds.get(type(entity), {}).get(entity.key)
        return fields(entity, "table", opens=is_over) | fields(public, "settled")

    return tree_of(state, shown)


def hand_afresh(state: State, seat: int) -> Tree:
    """Return what a seat sees beside the table."""
    return tree_of(state, lambda entity: fields(entity, "owner", "settled") if seat in entity.owners else {})


def difference(before: Tree, after: Tree) -> Tree:
    """Return the least merge patch (RFC 7396) from one tree to another."""
    patch: Tree = dict.fromkeys(before.keys() - after.keys())
    for key in after:
        old, new = before.get(key), after[key]
        if old != new:
            patch[key] = difference(old, new) if isinstance(old, dict) and isinstance(new, dict) else new
    return patch


# -- a game in which anything may happen


class Game:
    """A state to which things happen by chance."""

    def __init__(self, seed: int) -> None:
        """Begin with four seats and a board."""
        self.chance = random.Random(seed)
        self.state = engine.new(shipped.scenario("counter"), SeededDice(b"s" * 32), SEATS)
        self.state.put(Board())
        self.state.settle()

    def seat(self) -> int:
        """Return any seat."""
        return self.chance.randint(1, SEATS)

    def step(self) -> bool:
        """Let something happen; return whether a form may hang on it."""
        state, chance = self.state, self.chance
        what = chance.choice(
            [self.put, self.put, self.put, self.replace, self.replace, self.take, self.seats, self.seal]
        )
        if what == self.seal:
            self.seal()
            return False
        what()
        if chance.random() < 0.25:
            state.settle()
        return True

    def put(self) -> None:
        """Lay something new on the table, or something else in the place of what is there."""
        chance, seat = self.chance, self.seat()
        number = chance.randint(1, 6)
        text = chance.choice(["", "a", "b"])
        second = chance.choice([0, *{1, 2, 3, 4} - {seat}])
        self.state.put(
            chance.choice(
                [
                    Board(number, text),
                    Sign(number, ("no", "entry") * (number % 3)),
                    Note(number, chance.choice([0, seat]), text, number, text or None),
                    Share(seat, second, {seat: number}, {text: {"x": number, "y": None}}, ((1,), (number,))),
                    Tale(number, (number, 2)),
                ]
            )
        )

    def replace(self) -> None:
        """Change one field of something."""
        cls, field, values = self.chance.choice(
            [
                (Note, "holder", (0, 1, 2, 3)),
                (Note, "text", ("", "c")),
                (Note, "worth", (0, 7)),
                (Note, "secret", (None, "s")),
                (Share, "parts", ({}, {1: 2})),
                (Share, "until", (None, 5)),
                (Share, "ends", ((0, ()), (1, (2, 3)))),
                (Share, "ends", ((0, ()), (1, (2, 3)))),
                (Share, "plan", ({}, {"a": {"b": 1}})),
                (Board, "lines", (1, 2)),
            ]
        )
        there: list[Entity] = [*self.state.all(cls).values()]
        if there:
            self.state.put(changed(self.chance.choice(there), **{field: self.chance.choice(values)}))

    def take(self) -> None:
        """Take something away, or all of a kind; what has been public goes with a close."""
        cls = self.chance.choice([Sign, Note, Share, Tale, Choice, Board])
        if self.chance.random() < 0.2:
            self.state.clear(cls)
        else:
            self.state.remove(cls, self.chance.choice([*self.state.all(cls), "nothing"]))
        self.state.settle()

    def seats(self) -> None:
        """Let a seat come, go, or get another role; or let a phase open."""
        state, last = self.state, max(self.state.all(Seat))
        happens: list[Callable[[], None]] = [
            lambda: state.put(Seat(int(last) + 1, "player")),
            lambda: state.put(changed(state.one(Seat, self.seat()), role=self.chance.choice(["player", "maker"]))),
            lambda: state.remove(Seat, last) if last != SEATS else state.settle(),
            lambda: engine.evolve(state, PhaseOpened(1, "count", 1)),
        ]
        self.chance.choice(happens)()

    def seal(self) -> None:
        """Let a seat seal a choice, or say whether it is ready: what no form reads."""
        event = ChoiceMade(self.seat(), "guess", self.chance.choice(["", "a"]), {"by": self.chance.randint(1, 3)})
        ready = ReadySet(self.seat(), self.chance.random() < 0.5, self.chance.random() < 0.5)
        engine.evolve(self.state, self.chance.choice([event, ready]))


def numbers(notes: Iterable[Note]) -> list[int]:
    """Make something of all of them."""
    return [note.number + note.worth for note in notes]


def holders(notes: Iterable[Note]) -> list[int]:
    """Make something of one of their fields."""
    return [note.holder for note in notes]


def ready(seats: Iterable[Seat]) -> list[int]:
    """Make something of all seats."""
    return [seat.id for seat in seats if seat.done]


def sealed(choices: Iterable[Choice]) -> list[object]:
    """Make something of all choices."""
    return [choice.args["by"] for choice in choices]


def is_at_hand(state: State) -> None:
    """See that what the state keeps at hand is what its entities say."""
    notes, seats, choices = state.all(Note), state.all(Seat), state.all(Choice)
    assert state.derived(Note, numbers) == numbers(notes.values())
    assert state.derived(Note, holders, "holder") == holders(notes.values())
    assert state.derived(Seat, ready) == ready(seats.values())
    assert state.derived(Choice, sealed) == sealed(choices.values())
    assert state.seats() == [seat.id for seat in seats.values()]
    assert state.seats("maker") == [seat.id for seat in seats.values() if seat.role == "maker"]
    owned: dict[int, dict[type[Entity], set[Key]]] = defaultdict(lambda: defaultdict(set))
    for cls, kind in state.kinds.items():
        for key, entity in kind.items():
            for seat in entity.owners:
                owned[seat][cls].add(key)
    kept = {seat: {cls: {*keys} for cls, keys in marks.items() if keys} for seat, marks in state.owned.items()}
    assert {seat: marks for seat, marks in kept.items() if marks} == owned


@pytest.mark.parametrize("seed", range(8))
def test_each_patch_tells_what_has_changed_and_nothing_else(seed: int) -> None:
    """Whoever applies the patches of table and hands one after the other sees at each moment what may be seen then."""
    game = Game(seed)
    state = game.state
    views = Views(state)
    table_before, hands_before = table_afresh(state), {seat: hand_afresh(state, seat) for seat in range(1, SEATS)}
    assert {seat: views.hand(seat) for seat in hands_before} == hands_before
    for number in range(40):
        for _ in range(game.chance.randint(1, 3)):
            game.step()
        if number == 39:
            engine.evolve(state, GameEnded())  # after which nothing happens any more
        changes = views.refresh()
        table_now, hands_now = table_afresh(state), {seat: hand_afresh(state, seat) for seat in hands_before}
        assert changes.table == difference(table_before, table_now)
        patches = {seat: difference(hands_before[seat], hands_now[seat]) for seat in hands_now}
        assert changes.hands == {seat: patch for seat, patch in patches.items() if patch}
        assert (views.table, {seat: views.hand(seat) for seat in hands_now}) == (table_now, hands_now)
        assert (table_of(state), hand_of(state, 1)) == (table_now, hands_now[1])
        table_before, hands_before = table_now, hands_now


@pytest.mark.parametrize("seed", range(8))
def test_what_is_kept_at_hand_is_never_out_of_date(seed: int) -> None:
    """Owners, seats and what was derived follow each change; a form outlasts what no form reads, and nothing else."""
    game = Game(seed)
    for _ in range(60):
        game.state.forms[1, "a form"] = Form()
        before = [(cls, {**kind}) for cls, kind in game.state.kinds.items()]
        may_change_forms = game.step()
        is_another = before != [(cls, kind) for cls, kind in game.state.kinds.items()]
        assert not (may_change_forms and is_another and game.state.forms)
        assert may_change_forms or game.state.forms
        is_at_hand(game.state)


@pytest.mark.parametrize("seed", range(4))
def test_a_game_goes_back_to_where_it_was_and_tells_so(seed: int) -> None:
    """At the start of a phase that is gone back to everything is as it was, for whoever looks on and for the rules."""
    game = Game(seed)
    state = game.state
    for _ in range(20):
        game.step()
    lay_ready(state, 1, "count")
    views = Views(state)
    then = table_afresh(state), hand_afresh(state, 1), list(state.seats())
    assert views.hand(1) == then[1]
    for _ in range(2):
        for _ in range(10):
            game.step()
            is_at_hand(state)
        views.refresh()
        state.forms[1, "a form"] = Form()
        go_back(state, 1, "count")
        assert not state.forms
        views.refresh()
        assert (table_afresh(state), hand_afresh(state, 1), state.seats()) == then
        assert (views.table, views.hand(1)) == then[:2]
        is_at_hand(state)


def test_a_copy_goes_its_own_way() -> None:
    """What happens to a copy does not happen to what it was copied from, and both are whole."""
    game = Game(3)
    for _ in range(20):
        game.step()
    state = game.state
    views = Views(state)
    hands = {seat: views.hand(seat) for seat in range(1, SEATS + 1)}
    then = table_afresh(state), {seat: hand_afresh(state, seat) for seat in hands}
    game.state = state.copy()
    assert (table_of(game.state), game.state.game) == (then[0], state.game)
    for _ in range(20):
        game.step()
    is_at_hand(game.state)
    is_at_hand(state)
    changes = views.refresh()
    assert (changes.table, changes.hands) == ({}, {})
    assert (views.table, hands) == then


def test_what_a_hand_holds_stands_in_the_order_in_which_it_came() -> None:
    """An entity that is replaced and stays in its hand keeps its place there."""
    state = Game(0).state
    for number in (1, 2):
        state.put(Note(number, 1))
    state.put(changed(state.one(Note, 1), worth=3))
    assert list(hand_of(state, 1)["memo"]) == ["1", "2"]
    state.put(changed(state.one(Note, 1), holder=2))
    state.put(changed(state.one(Note, 1), holder=1))
    assert list(hand_of(state, 1)["memo"]) == ["2", "1"]
