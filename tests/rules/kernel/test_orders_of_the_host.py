"""What the host orders of the rules: a card turned now, a venture moved to another space."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table import printed_decks, tenancy
from makersphere_rules.ecosystem.table.entities import Deck, Sector, Space, World
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.entity import changed
from makersphere_rules.events import Drawn, Event
from makersphere_rules.refusals import Refusal
from makersphere_rules.restarts import lay_ready
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.views import Views, hand_of, table_of
from makersphere_rules.shipped import modules, scenario
from makersphere_rules.state import State
from makersphere_rules.written.notation import decode_events, encode_events, event_types, state_hash

OPERATOR = 12


def do(state: State, name: str, **args: int | str) -> tuple[Event, ...]:
    """Let the room carry out an order, its events stored and read back."""
    outcome = engine.decide(state, ROOM, Order(name, args))
    assert not isinstance(outcome, Refusal), outcome
    stored = decode_events(encode_events(outcome), event_types(state.scenario))
    for event in stored:
        engine.evolve(state, event)
        assert engine.invariants(state) == [], event
    return stored


def refused(state: State, name: str, **args: int | str) -> str:
    """Return the sentence with which an order is refused."""
    outcome = engine.decide(state, ROOM, Order(name, args))
    assert isinstance(outcome, Refusal), outcome
    return outcome.text


@pytest.fixture
def game() -> State:
    """Give a game of twelve seats in the policy phase of its first season."""
    state = engine.new(scenario("classroom"), SeededDice(b"cards"), 12)
    do(state, "start")
    return state


def phases(state: State) -> Iterator[str]:
    """Go through the phases of a season."""
    for phase in state.scenario.phases:
        assert state.game.phase == phase.name
        yield phase.name
        do(state, "close")


class TestShocks:
    """A card lies there in place of the season's."""

    def test_a_market_card_bends_the_walk_of_its_season_anew(self, game: State) -> None:
        """Up and down are those of the new card alone, counted from the walk; the policy card lies as it lay."""
        policy = game.one(World).policy
        card = next(card for card in engine.shocks(game) if card in printed_decks.names("markets"))

        do(game, "shock", card=card)

        market = printed_decks.market(card)
        assert (game.one(World).market, game.one(World).policy) == (card, policy)
        for sector in game.all(Sector).values():
            assert sector.demand == sector.walk * {market.up: 140, market.down: 75}.get(sector.name, 100) // 100

    def test_a_policy_card_sets_effect_and_tax(self, game: State) -> None:
        """A tax card taxes from now on, and the card after it no more."""
        for effect, tax in (("tax", 20), ("voucher", 10)):
            cards = [card for card in engine.shocks(game) if card in printed_decks.names("policies")]
            do(game, "shock", card=next(card for card in cards if printed_decks.policy(card).effect == effect))
            assert (game.one(World).effect, game.one(World).tax) == (effect, tax)

    def test_a_shock_leaves_decks_and_dice_alone(self, game: State) -> None:
        """The next season turns the very cards that it would have turned, and demand walks as it would have."""
        other = game.copy()
        decks = dict(game.all(Deck))
        events = [event for card in engine.shocks(game)[-3:] for event in do(game, "shock", card=card)]
        assert not any(isinstance(event, Drawn) for event in events)
        assert game.all(Deck) == decks
        for state in (game, other):
            list(phases(state))
        assert game.one(World) == other.one(World)
        assert game.all(Sector) == other.all(Sector)

    def test_a_card_is_turned_until_the_market_has_closed(self, game: State) -> None:
        """Afterwards it could change nothing; the card that lies there and an unknown one cannot be turned."""
        assert refused(game, "shock", card=game.one(World).market) == "no_such_card"
        assert refused(game, "shock", card="snow") == "no_such_card"
        offered = {phase: bool(engine.shocks(game)) for phase in phases(game)}
        assert [phase for phase in offered if not offered[phase]] == ["appraisal", "recap"]

    def test_a_game_without_decks_has_no_shocks(self) -> None:
        """Whoever plays no policy turns no card."""
        state = engine.new(scenario("counter"), SeededDice(b"none"), 3)
        assert refused(state, "shock", card="snow") == "not_started"
        do(state, "start")
        assert engine.shocks(state) == ()


class TestPlaces:
    """A venture is moved before anybody knocks on a door."""

    def test_a_venture_moves_with_its_team(self, game: State) -> None:
        """To the garage and to a free desk, in policy alone."""
        list(phases(game))
        seat = next(venture.lead for venture in tenancy.living(game) if venture.space == OPERATOR)

        do(game, "place", seat=seat, space=0)
        assert tenancy.place_of_maker(game, seat) == 0
        assert engine.places(game, seat) == (OPERATOR,)
        do(game, "place", seat=seat, space=OPERATOR)
        assert tenancy.place_of_maker(game, seat) == OPERATOR
        do(game, "close")
        assert refused(game, "place", seat=seat, space=0) == "no_place_there"

    def test_a_full_space_takes_nobody(self, game: State) -> None:
        """A desk that is in use is nobody else's, and who leads no venture has none to move."""
        list(phases(game))
        venture = tenancy.ventures_at(game, OPERATOR)[0]
        do(game, "place", seat=venture.lead, space=0)
        game.put(changed(game.one(Space, OPERATOR), stations=len(tenancy.ventures_at(game, OPERATOR))))

        assert engine.places(game, venture.lead) == ()
        assert refused(game, "place", seat=venture.lead, space=OPERATOR) == "no_place_there"
        assert refused(game, "place", seat=OPERATOR, space=0) == "no_place_there"


class TestGoingBack:
    """The state is that of the start of the phase, in every entity and every view."""

    def test_a_rewind_is_the_state_of_then(self, game: State) -> None:
        """Whatever has been played since, and what is laid ready of later is gone."""
        views = Views(game)
        hands = {seat: views.hand(seat) for seat in game.seats()}
        for _ in range(2):
            do(game, "close")
        lay_ready(game, 1, "exchange")
        then, shown, held = state_hash(game), table_of(game), {seat: hand_of(game, seat) for seat in hands}
        do(game, "close")
        lay_ready(game, 1, "matching")
        for _ in range(4):
            do(game, "close")

        views.refresh()
        do(game, "rewind", season=1, phase="exchange")
        views.refresh()

        assert (state_hash(game), views.table) == (then, shown)
        assert {seat: views.hand(seat) for seat in hands} == held
        assert list(game.pasts) == [(1, "exchange")]
        assert refused(game, "rewind", season=1, phase="matching") == "no_such_past"

    def test_only_to_where_the_game_has_been(self, game: State) -> None:
        """A start that nobody has laid ready is refused, and nonsense too."""
        for season, phase in ((1, "policy"), (2, "policy"), (0, "lobby"), ("1", "policy")):
            assert refused(game, "rewind", season=season, phase=phase) == "no_such_past"

    def test_a_run_that_is_over_stays_over(self) -> None:
        """What its end has opened cannot be played for again."""
        state = engine.new(build({**scenario("counter").source, "practice": True}, modules()), SeededDice(b"runs"), 2)
        do(state, "start")
        lay_ready(state, 1, "count")
        do(state, "close")
        assert refused(state, "rewind", season=1, phase="count") == "no_such_past"
