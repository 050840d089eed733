"""Facts and states as bytes: what is stored is what happened, and equal states have equal hashes."""

import msgspec

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.refusals import Refusal
from makersphere_rules.state import State
from makersphere_rules.written.notation import _ordered, decode_events, encode_events, event_types, state_hash

SEED = bytes(range(32))


def started(scenario: str, seats: int) -> State:
    """Return a game of a scenario whose first phase is open."""
    state = engine.new(shipped.scenario(scenario), SeededDice(SEED), seats)
    engine.step(state, ROOM, Order("start"))
    return state


def test_events_survive_their_bytes() -> None:
    """What is stored is what happened, and the bytes are canonical."""
    state = started("counter", 3)
    events = engine.decide(state, 1, Order("count", {"by": 3}))
    assert not isinstance(events, Refusal)

    data = encode_events(events)

    assert decode_events(data, event_types(state.scenario)) == events
    assert data == b'[{"type":"counted","v":1,"data":{"by":3,"count":3,"seat":1,"total":3}}]'


def test_what_is_within_a_fact_has_its_fields_in_alphabetical_order() -> None:
    """Wherever a draw or a posting stands: in a row, by a key, in another value."""

    class Pair(msgspec.Struct, frozen=True):
        posting: Posting
        by: dict[str, Posting]

    posting = Posting("maker:1", "bank", 3, "rent")
    plain = {"amount": 3, "reason": "rent", "source": "maker:1", "target": "bank"}
    found = _ordered((posting, {"k": posting}, Pair(posting, {"z": posting})))
    assert msgspec.json.encode(found) == msgspec.json.encode(
        [plain, {"k": plain}, {"by": {"z": plain}, "posting": plain}]
    )


def test_what_is_settled_is_hashed_as_it_was_settled() -> None:
    """A hash tells two states apart that differ in nothing but what everybody may know of them."""
    state = started("quickstart", 6)
    twin = state.copy()
    for game in (state, twin):
        game.put(Account("maker:1", 1, 7))
    assert state_hash(state) == state_hash(twin)
    twin.settle()
    assert state_hash(state) != state_hash(twin)
    state.settle()
    assert state_hash(state) == state_hash(twin)
