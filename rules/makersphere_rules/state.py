"""The whole state of one game: frozen entities in one dict per kind.

Only `evolve` changes it, by replacing the entities that an event touches. The set of touched keys is
the patch for the wire; a copy for look-ahead is a copy of a few dicts. No clock, no socket, no store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar, cast

import attrs

from makersphere_rules.core_kinds import WAITING, Choice, CurrentRun, Game, Seat, choice_key, seated
from makersphere_rules.derived_values import Derived
from makersphere_rules.dice import Dice
from makersphere_rules.entity import Entity, Key
from makersphere_rules.forms import Args, Form
from makersphere_rules.ledger import Account, Entries
from makersphere_rules.refusals import Refusal
from makersphere_rules.run_history import History
from makersphere_rules.scenario import Run, Scenario

__all__ = ["WAITING", "Choice", "CurrentRun", "Game", "Kinds", "Seat", "State", "choice_key"]

E = TypeVar("E", bound=Entity)
T = TypeVar("T")
Kinds = dict[type[Entity], dict[Key, Any]]  # entities by kind and key, in order of creation
Marks = dict[type[Entity], dict[Key, None]]  # keys by kind, in order
_NONE: Final[Mapping[Key, Any]] = {}  # the entities of a kind that has never had one


def _marks(marks: Marks | None = None) -> Marks:
    """Return marks of one's own, in which every kind has a place."""
    return defaultdict(dict, {cls: dict(keys) for cls, keys in marks.items()} if marks else {})


@attrs.define(eq=False)
class State:
    """All entities by kind, the dice, and what has been touched since somebody last looked.

    Attributes:
        kinds: the live entities.
        settled_kinds: the entities as they were when the last phase closed.
        owned: for each seat the entities whose owner fields its hand shows, in order of creation.
        touched: changed since the views last looked.
        unsettled: changed since the last phase closed.
        shown_anew: what may stand differently on the table for another reason: settled anew, opened by the end, or
            come or gone, of a kind that shows at first.
        runs: the games that are played one after another, where there are several; `scenario` is the present one's.
        forms: what commands take now, by seat and command, as far as somebody has asked. Any change forgets them all
            except a sealed choice and a seat's readiness, which no form reads (`run.py bench simulate`; ADR 12).
        pasts: the starts of phases that the game can be taken back to now, in order; empty while nobody wants to.
        entries: for each seat what its purse took in and gave out; replaced, never changed: copies share them.
        history: what the present run has been so far; for the debrief alone.
        retells: whether entries, history and debrief are kept, which only retell the game; False where nobody will
            read them.
        game: where the game stands; kept at hand, since nothing is read as often.
    """

    scenario: Scenario
    dice: Dice = attrs.field(repr=False)
    kinds: Kinds = attrs.field(factory=dict, repr=False)
    settled_kinds: Kinds = attrs.field(factory=dict, repr=False)
    owned: dict[int, Marks] = attrs.field(factory=lambda: defaultdict(_marks), repr=False)
    touched: Marks = attrs.field(factory=_marks, repr=False)
    unsettled: Marks = attrs.field(factory=_marks, repr=False)
    shown_anew: Marks = attrs.field(factory=_marks, repr=False)
    runs: tuple[Run, ...] = attrs.field(factory=tuple, repr=False)
    pasts: dict[tuple[int, str], State] = attrs.field(factory=dict, repr=False)
    forms: dict[tuple[int, str], Form | Refusal] = attrs.field(factory=dict, init=False, repr=False)
    entries: dict[int, Entries] = attrs.field(factory=dict, repr=False)
    history: History = attrs.field(factory=History, repr=False)
    retells: bool = True
    _derived: dict[type[Entity], Derived] = attrs.field(factory=dict, init=False, repr=False)
    _seats: dict[str, tuple[int, ...]] = attrs.field(factory=dict, init=False, repr=False)  # by role, "": all
    game: Game = attrs.field(init=False, repr=False)

    # -- reading

    def all(self, cls: type[E]) -> Mapping[Key, E]:
        """Return the entities of a kind by key, in order of creation."""
        return self.kinds.get(cls, _NONE)

    def one(self, cls: type[E], key: Key = 0) -> E:
        """Return an entity that must exist."""
        entity: E = self.kinds[cls][key]
        return entity

    def find(self, cls: type[E], key: Key = 0) -> E | None:
        """Return an entity, or None."""
        return self.kinds.get(cls, _NONE).get(key)

    def derived(self, cls: type[E], make: Callable[[Iterable[E]], T], *reads: str) -> T:
        """Return `make` of all entities of a kind. It is kept until one of them changes.

        Everybody who asks is given the same object, so nobody may change it (`run.py bench simulate`; ADR 12).

        Args:
            cls: the kind.
            make: takes the entities in order of creation.
            reads: the only fields that `make` reads; a change of other fields keeps what was made. None: it reads all.
        """
        derived = self._derived.get(cls)
        if derived is None:
            derived = self._derived[cls] = Derived()
        if make not in derived.known:
            derived.keep(make, reads, make(self.all(cls).values()))
        found: T = derived.known[make]
        return found

    def as_settled(self, cls: type[E], key: Key = 0) -> E | None:
        """Return an entity as everybody may know it: as of the last closed phase."""
        return self.settled_kinds.get(cls, _NONE).get(key)

    @property
    def run_season(self) -> int:
        """Return the present season's number within its run, from 1."""
        run = self.find(CurrentRun)
        return self.game.season - (run.first_season - 1 if run else 0)

    def role(self, seat: int) -> str:
        """Return a seat's role."""
        role: str = self.kinds[Seat][seat].role
        return role

    def seats(self, role: str = "") -> list[int]:
        """Return the seat numbers in order, of one role or of all; listed once for each role (ADR 12)."""
        found = self._seats.get(role)
        if found is None:
            seats = self.all(Seat).values()
            found = self._seats[role] = tuple(seat.id for seat in seats if not role or seat.role == role)
        return list(found)

    def balance(self, account: str) -> int:
        """Return the credits of an account; one that was never used has 0."""
        found: Account | None = self.kinds.get(Account, _NONE).get(account)
        return found.balance if found is not None else 0

    def choice(self, seat: int, command: str, target: str = "") -> Args | None:
        """Return what a seat has sealed, or None."""
        found: Choice | None = self.kinds.get(Choice, _NONE).get(choice_key(seat, command, target))
        return None if found is None else found.args

    # -- changing: for events alone

    def put(self, entity: Entity, key: Key | None = None) -> None:
        """Place an entity, replacing the one of the same kind and key. Whoever knows its `key` already may give it."""
        cls = type(entity)
        if key is None:
            key = entity.key
        try:
            kind = self.kinds[cls]
        except KeyError:  # it is the first of its kind
            kind = self.kinds[cls] = {}
        before = kind.get(key)
        kind[key] = entity
        if before is None or cls.is_arranged:
            self._arrange(cls, key, before, entity)
        if cls in self._derived:
            self._derived[cls].outdate(before, entity)
        if self.forms:
            self.forms.clear()
        self.touched[cls][key] = None
        if cls.settles:
            self.unsettled[cls][key] = None

    def _arrange(self, cls: type[Entity], key: Key, before: Entity | None, after: Entity) -> None:
        """Bring the hands of an entity's owners up to date, and what the state keeps at hand of game and seats."""
        if cls is Game:
            self.game = cast(Game, after)
        elif cls is Seat:
            self._seats.clear()
        if before is None and cls.shows_at_first:
            self.shown_anew[cls][key] = None
        if cls.is_owned:
            owners, former = after.owners, before.owners if before is not None else ()
            if owners != former:
                self._own(cls, key, former, owners)

    def seal(self, choice: Choice) -> None:
        """Place a sealed choice. No form and no other view reads it, so less is done than in `put` (ADR 12)."""
        key = choice_key(choice.seat, choice.command, choice.target)
        choices = self.kinds.setdefault(Choice, {})
        before = choices.get(key)
        if before is None:
            self.owned[choice.seat][Choice][key] = None
        choices[key] = choice
        if Choice in self._derived:
            self._derived[Choice].outdate(before, choice)
        self.touched[Choice][key] = None

    def unready(self) -> None:
        """Mark every seat that plays as not ready (likewise)."""
        seats, marks = self.kinds[Seat], self.touched[Seat]
        for seat in list(seats.values()):
            if seat.ready and seat.role != WAITING:
                seats[seat.id] = seated(seat.id, seat.role, False, False)  # noqa: FBT003
                marks[seat.id] = None
        self._derived.pop(Seat, None)

    def set_ready(self, seat: int, *, ready: bool, asked: bool = False) -> None:
        """Mark a seat as ready or not. No form reads it, so less is done than in `put` (ADR 12)."""
        seats = self.kinds[Seat]
        before: Seat = seats[seat]
        after = seats[seat] = seated(seat, before.role, ready, asked)
        if Seat in self._derived:
            self._derived[Seat].outdate(before, after)
        self.touched[Seat][seat] = None

    def remove(self, cls: type[Entity], key: Key) -> None:
        """Take an entity away, if it is there."""
        before = self.kinds.get(cls, {}).pop(key, None)
        if before is not None:
            self.forms.clear()
            self._derived.pop(cls, None)
            if cls is Seat:
                self._seats.clear()
            self._own(cls, key, before.owners, ())
            self.touched[cls][key] = None
            if cls.shows_at_first:
                self.shown_anew[cls][key] = None
            if cls.settles:
                self.unsettled[cls][key] = None

    def clear(self, cls: type[Entity]) -> None:
        """Take all entities of a kind away."""
        kind = self.kinds.get(cls)
        if kind:
            self.forms.clear()
            self._derived.pop(cls, None)
            if cls is Seat:
                self._seats.clear()
            for marks in self.owned.values():
                if cls in marks:
                    marks[cls].clear()
            gone = dict.fromkeys(kind)
            self.touched[cls].update(gone)
            if cls.shows_at_first:
                self.shown_anew[cls].update(gone)
            if cls.settles:
                self.unsettled[cls].update(gone)
            kind.clear()

    def _own(self, cls: type[Entity], key: Key, before: Iterable[int], after: Iterable[int]) -> None:
        for seat in before:
            self.owned[seat][cls].pop(key, None)
        for seat in after:
            self.owned[seat][cls][key] = None

    def keep_season(self) -> None:
        """Keep the present entities in the history, as the present season has left them."""
        if self.retells:
            self.history.seasons[self.game.season] = {cls: dict(kind) for cls, kind in self.kinds.items()}

    def settle(self) -> None:
        """Make the present values of all entities public, and take those that are gone away."""
        self.forms.clear()
        for cls, keys in self.unsettled.items():
            live, public = self.kinds[cls], self.settled_kinds.setdefault(cls, {})
            for key in keys:
                if key in live:
                    public[key] = live[key]
                else:
                    public.pop(key, None)
            self.shown_anew[cls].update(keys)
        self.unsettled.clear()

    def forget_changes(self) -> None:
        """Forget what has changed: the views have seen it, or will begin by looking at everything."""
        self.touched.clear()
        self.shown_anew.clear()

    def forget_what_was_derived(self) -> None:
        """Forget the forms, and all that was worked out of entities: others stand there now."""
        self.forms.clear()
        self._derived.clear()
        self._seats.clear()

    def copy(self) -> State:
        """Return an independent state that shares the (frozen) entities."""
        copy = State(
            self.scenario,
            self.dice,
            {cls: dict(kind) for cls, kind in self.kinds.items()},
            {cls: dict(kind) for cls, kind in self.settled_kinds.items()},
            defaultdict(_marks, {seat: _marks(marks) for seat, marks in self.owned.items()}),
            _marks(self.touched),
            _marks(self.unsettled),
            _marks(self.shown_anew),
            self.runs,
            self.pasts,
            dict(self.entries),
            self.history.copy(),
            self.retells,
        )
        copy.game = self.game
        return copy
