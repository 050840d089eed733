"""What entities and events say of themselves: keys, owners, audiences. Stored names: `written/`."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules import shipped
from makersphere_rules.engine import At, Order
from makersphere_rules.entity import Entity, Key, changed, owner, sight_of, table
from makersphere_rules.events import EVERYONE, Event, is_told
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State


@frozen
class Pledge(Entity):
    """What a seat has pledged to a venture, for which another seat vouches."""

    seat: int = table(key=True, owner=True)
    venture: int = table(key=True)
    voucher: int = table(0, owner=True)
    credits: int = owner(0)


@frozen
class Note(Entity, kind="memo", lasts=True):
    """A note that belongs to whoever holds it."""

    number: int = table(key=True)
    holder: int = table(0, owner=True)


@frozen
class Board(Entity, single=True):
    """The one board."""

    lines: int = table(0)


@frozen
class Ring(Entity):
    """Its key and its owners are more than fields."""

    bearer: int = table()

    @property
    def key(self) -> Key:
        """Return the same for every bearer."""
        return "ring"

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the bearer and the next one."""
        return (self.bearer, self.bearer + 1)


@frozen
class PledgeMade(Event):
    """A seat has pledged."""

    seat: int


@frozen
class PledgeRenamed(Event, type="pledge_moved", version=2):
    """A pledge is another's."""

    seat: int


@pytest.mark.parametrize(
    ("entity", "kind", "key", "owners"),
    [
        (Pledge(3, 7, credits=5), "pledge", "3:7", (3,)),
        (Pledge(3, 7, voucher=4), "pledge", "3:7", (3, 4)),
        (Note(2), "memo", 2, ()),
        (Note(2, holder=9), "memo", 2, (9,)),
        (Board(), "board", 0, ()),
        (Ring(5), "ring", "ring", (5, 6)),
    ],
)
def test_key_and_owners_are_declared_with_the_fields(
    entity: Entity, kind: str, key: Key, owners: tuple[int, ...]
) -> None:
    """The key is the marked field, or several with colons between; 0 is no seat; a property says anything else."""
    assert (entity.kind, entity.key, entity.owners) == (kind, key, owners)
    assert type(entity).is_owned == bool(entity.owners or kind == "memo")


def test_a_kind_whose_owners_are_part_of_its_key_keeps_them() -> None:
    """Nobody looks for the owners of an entity again where another owner would be another entity."""

    @frozen
    class Own(Entity):
        seat: int = table(key=True, owner=True)

    assert (Own.keeps_owners, Pledge.keeps_owners, Note.keeps_owners) == (True, False, False)


def test_an_entity_goes_from_hand_to_hand() -> None:
    """The state follows owners that are declared with a field as it follows those of a property."""
    state = State(shipped.scenario("counter"), None)  # type: ignore[arg-type]  # no dice fall here
    state.put(Note(1, holder=4))
    state.put(changed(state.one(Note, 1), holder=6))
    assert (list(state.owned[4][Note]), list(state.owned[6][Note])) == ([], [1])


def test_what_a_class_says_behind_its_base_is_looked_at() -> None:
    """A slip in the name of what a kind says is refused where it stands, and so are slots."""
    with pytest.raises(TypeError, match="Slip: a kind cannot say lonely"):
        type("Slip", (Entity,), {}, lonely=True)
    with pytest.raises(TypeError, match="Stiff: a kind is declared with @frozen"):
        attrs.frozen(type("Stiff", (Entity,), {"__annotations__": {}}))


def test_a_field_that_says_nothing_of_its_sight_is_seen_by_nobody() -> None:
    """Forgetting to say it opens nothing, at the end of the game neither."""

    @frozen
    class Forgotten(Entity):
        number: int = 0

    assert sight_of(attrs.fields(Forgotten).number) == ("nobody", False)


@pytest.mark.parametrize(
    ("value", "field"),
    [(At(1, "count"), "season"), (Order("count"), "name"), (Posting("maker:1", "suppliers", 3, "goods"), "amount")],
)
def test_what_was_asked_or_paid_stays_as_it_was(value: object, field: str) -> None:
    """Whoever is handed an order or a posting cannot make another one of it."""
    with pytest.raises(AttributeError, match="immutable"):
        setattr(value, field, 9)


def test_an_event_is_stored_under_its_class_name_or_what_it_says() -> None:
    """Type and version are said once."""
    assert (PledgeMade.type, PledgeMade.version) == ("pledge_made", 1)
    assert (PledgeRenamed.type, PledgeRenamed.version) == ("pledge_moved", 2)


@pytest.mark.parametrize(
    ("audience", "readers"), [(EVERYONE, [0, 1, 2, 3]), ((2,), [2]), ((1, 3), [1, 3]), ((0, 2), [0, 1, 2, 3]), ((), [])]
)
def test_a_line_is_for_its_audience_and_nobody_else(audience: tuple[int, ...], readers: list[int]) -> None:
    """What is for everyone stands on the table too; what is for some seats does not."""
    assert [viewer for viewer in range(4) if is_told(audience, viewer)] == readers
