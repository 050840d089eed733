"""The parts of moves: every move of the bots can be said, and what the mask allows the room takes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import attrs
import numpy as np
import pytest

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import options, sort_of
from makersphere_bots.policy import Args, Move
from makersphere_playtest.games.headless import ANY, PASSES, Player, Runner, play, seed_bytes
from makersphere_playtest.learning.actions import NOTHING_SAID, Actions, Saying
from makersphere_playtest.learning.numbers import SEAT_FIELDS, own_side
from makersphere_rules.dice import SeededDice
from makersphere_rules.engine import ROOM, At, Order, decide, legal, new, step
from makersphere_rules.forms import Form, Whole
from makersphere_rules.shipped import scenario, scenario_names
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash

_SEATS = 12


@attrs.frozen
class _Made:
    """A move that a standard bot made, before it is made."""

    state: State
    seat: int
    move: Move


def _moves(name: str, seed: str) -> Iterator[_Made]:
    """Play a game of standard bots again, and stop before each of their moves."""
    rules = scenario(name)
    log = play(rules, _SEATS, seed, {ANY: policy("standard")}, keep=True).log
    state = new(rules, SeededDice(seed_bytes(seed)), _SEATS)
    for actor, order, _ in log:
        if actor != ROOM and order.name != "ready":
            args: Args = dict(order.args)
            yield _Made(state, actor, (order.name, args))
        step(state, actor, order)


@pytest.mark.parametrize("name", scenario_names())
def test_every_move_of_the_standard_bot_can_be_said(name: str) -> None:
    """Each is put into numbers that the mask allows one after the other, and that say the identical command."""
    actions, said = Actions(scenario(name), _SEATS), 0
    for made in _moves(name, "5"):
        form, saying = legal(made.state, made.seat)[made.move[0]], NOTHING_SAID
        found: Saying | Move | None = None
        for number in actions.encode({made.move[0]: form}, made.seat, made.move):
            assert actions.mask(made.state, made.seat, saying)[number], (made.move, actions.describe(number))
            found = actions.say(form, made.seat, saying, number)
            saying = found if isinstance(found, Saying) else NOTHING_SAID
        assert found == made.move
        said += 1
    assert said > 0


@attrs.define
class _Chance:
    """Says moves at random within the mask, and counts what comes of them."""

    actions: Actions
    dice: random.Random
    moves: int = 0
    in_vain: list[object] = attrs.field(factory=list)

    def move(self, runner: Runner, seat: int) -> None:
        """Say one whole move and make it."""
        saying = NOTHING_SAID
        while True:
            allowed = np.flatnonzero(self.actions.mask(runner.state, seat, saying))
            if not len(allowed):
                self.in_vain.append(saying)
                return
            number = int(self.dice.choice(allowed))
            name = saying.command or self.actions.numbers.named(number)
            found = self.actions.say(legal(runner.state, seat).get(str(name)), seat, saying, number)
            assert found is not None, self.actions.describe(number)
            if isinstance(found, Saying):
                saying = found
                continue
            self.moves += 1
            refusal = runner.move(seat, found)
            if refusal is not None:
                self.in_vain.append((found, refusal))
            return


@pytest.mark.parametrize("name", scenario_names())
def test_of_moves_that_the_mask_allows_hardly_one_is_refused(name: str) -> None:
    """At most one in a hundred comes to nothing, refused or with no way to go on, where half of the seats are bots."""
    runner = Runner(scenario(name), _SEATS, "9", {ANY: policy("standard")}, keep=False)
    chance = _Chance(Actions(scenario(name), _SEATS), random.Random(3))
    runner.start()
    while runner.state.game.status == "running":
        for call in range(PASSES):
            for player in runner.in_turn():
                if player.seat % 2:
                    runner.ask([player], call)
                else:
                    chance.move(runner, player.seat)
        runner.close()
    assert len(chance.in_vain) <= chance.moves / 100, chance.in_vain
    assert chance.moves > 0


def test_asking_for_a_mask_changes_nothing() -> None:
    """The state has the same hash after all masks of a phase as before."""
    for made in _moves("classroom", "3"):
        before = state_hash(made.state)
        actions = Actions(scenario("classroom"), _SEATS)
        for seat in range(1, _SEATS + 1):
            actions.mask(made.state, seat)
        assert state_hash(made.state) == before
        if made.state.game.phase == "matching":
            return
    pytest.fail("no move was made in matching")


def _met(runner: Runner, players: list[Player]) -> Iterator[tuple[int, str, int | str, int]]:
    """Return the choices that lie before some seats: whose, for which field, which, and where it stands."""
    for player in players:
        for form in legal(runner.state, player.seat).values():
            for field, domain in form.fields.items():
                if sort_of(domain) in ("one_of", "many"):
                    for place, option in enumerate(options(domain)):
                        yield player.seat, field, option, place


@pytest.mark.parametrize("name", scenario_names())
def test_a_number_means_the_same_in_every_seat_and_game(name: str) -> None:
    """A choice's number is that of one seat as counted from one's own, of one thing, of one word, or of one place."""
    actions, meant = Actions(scenario(name), _SEATS), dict[int, set[object]]()
    for seed in ("1", "2"):
        runner = Runner(scenario(name), _SEATS, seed, {ANY: policy("standard")}, keep=False)
        runner.start()
        while runner.state.game.status == "running":
            for own, field, option, place in _met(runner, runner.players):
                number = actions.numbers.option(field, option, place, own)
                assert number is not None
                is_seat = field in SEAT_FIELDS and isinstance(option, int)
                sense: object = own_side(int(option), own, _SEATS) if is_seat else option
                if actions.describe(number).startswith("place "):
                    assert not isinstance(option, str), f"{option} has no number of its own"
                    sense = place
                meant.setdefault(number, set()).add((is_seat, sense))
            runner.ask_all()
            runner.close()
    assert {number: found for number, found in meant.items() if len(found) > 1} == {}


def test_numbers_are_told_in_words() -> None:
    """Each has words of its own."""
    actions = Actions(scenario("classroom"), _SEATS)
    told = [actions.describe(number) for number in range(actions.size)]
    assert len({*told}) == actions.size
    assert told[:6] == ["ready", "left out", "enough", "no", "yes", "own seat"]
    assert {"seat +11", "number 12", "garage", "place 1", "60 ones", "5 hundreds", "pitch"} <= {*told}


def test_a_number_that_has_no_meaning_now_is_no_move() -> None:
    """Of all numbers those that the mask allows go on with a move, and the others are none."""
    made = next(made for made in _moves("classroom", "5") if made.move[0] == "propose_exchange")
    form = legal(made.state, made.seat)["propose_exchange"]
    actions = Actions(scenario("classroom"), _SEATS)
    begun = actions.say(form, made.seat, NOTHING_SAID, actions.numbers.command("propose_exchange"))
    assert isinstance(begun, Saying)
    mask = actions.mask(made.state, made.seat, begun)
    went_on = [actions.say(form, made.seat, begun, number) is not None for number in range(actions.size)]
    assert went_on == [bool(allowed) for allowed in mask]
    assert any(went_on)


@pytest.mark.parametrize(
    ("amount", "sentence"), [(-1, "expected an amount from 0 to 999999, not -1"), (10**6, "not 1000000")]
)
def test_an_amount_that_has_no_numbers_is_refused(amount: int, sentence: str) -> None:
    """The sentence names the bounds."""
    actions = Actions(scenario("counter"), _SEATS)
    forms: Mapping[str, Form] = {"count": Form({"by": Whole(-5, 10**7)})}
    with pytest.raises(ValueError, match=sentence):
        actions.encode(forms, 1, ("count", {"by": amount}))


def test_what_a_form_cannot_say_is_asked_of_the_rules() -> None:
    """An hour lent for nothing is within a form's bounds and refused; the mask does not offer its last part."""
    made = next(made for made in _moves("seminar", "5") if made.move[0] == "propose_lending")
    free: Args = {"venture": made.move[1]["venture"], "hours": 1}
    actions = Actions(scenario("seminar"), _SEATS)
    form = legal(made.state, made.seat)["propose_lending"]
    numbers, saying = actions.encode({"propose_lending": form}, made.seat, ("propose_lending", free)), NOTHING_SAID
    allowed = []
    for number in numbers:
        allowed.append(bool(actions.mask(made.state, made.seat, saying)[number]))
        found = actions.say(form, made.seat, saying, number)
        saying = found if isinstance(found, Saying) else NOTHING_SAID
    assert allowed == [True, True, True, True, False]
    game = made.state.game
    assert not isinstance(
        decide(made.state, made.seat, Order("propose_lending", free, At(game.season, game.phase))), tuple
    )
