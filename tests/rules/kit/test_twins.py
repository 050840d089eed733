"""Games that differ in one secret are the same for everybody else; and the kit that says so can fail."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.entity import changed
from makersphere_rules.events import EVERYONE, Event, Line
from makersphere_rules.forms import Args, Form, OneOf, Whole
from makersphere_rules.kit import twins
from makersphere_rules.kit.conformance import NonConformance, picker, sample
from makersphere_rules.kit.twins import Compared
from makersphere_rules.module import Command, Draft
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import State
from tests.rules.kit.letters import SEATS, Best, Letter, Letters, Purse, PursesDealt, letters
from tests.rules.plan import PLAYED, scenario_of

GAMES = 100  # in each run, over all that can be played
SIZES = (4, 6, 9)
ORDERS = 4


@pytest.mark.parametrize("name", PLAYED)
def test_a_secret_changes_no_byte_that_others_get(name: str) -> None:
    """A twin in each phase, with other orders, another hand or another hidden thing: strangers get the same bytes."""
    found: list[Compared] = []
    for n in range(4 * _share(name)):
        if len(found) < _share(name):
            game = twins.compare(scenario_of(name), SIZES[n % len(SIZES)], f"{name}:{n}", orders=ORDERS)
            found += [game] if game.twins else []  # a seat that only says ready sends nothing that could differ

    assert len(found) == _share(name)
    assert all(game.orders > 0 for game in found)


LONG = {"training": 1, "mechanisms": 3, "classroom": 4, "seminar": 2, "rivals": 4, "counter": 8}


def _share(name: str) -> int:
    """Return how many games are compared: few of what is long, so that the rest has more."""
    short = [one for one in PLAYED if one not in LONG]
    return LONG.get(name) or -(-(GAMES - sum(LONG.values())) // len(short))


def test_at_least_a_hundred_games_are_compared() -> None:
    """Over all scenarios and modules, whatever is registered."""
    assert sum(_share(name) for name in PLAYED) >= GAMES


@pytest.mark.parametrize("name", [name for name in PLAYED if name not in ("counter", "training")])
def test_private_cards_change_nothing_before_the_end(name: str) -> None:
    """One seat holds another ambition or thesis for a whole game; the game goes on alike for everybody else."""
    games = [twins.cards(scenario_of(name), size, f"{name}:{size}", orders=3) for size in SIZES[:2]]

    assert all(game.twins == 1 and game.orders > 50 for game in games)


@pytest.mark.parametrize("name", PLAYED)
def test_what_an_order_tells_everyone_is_known(name: str) -> None:
    """Inside a phase only a closing by its lead and a count are told to the whole room."""
    state, pick, public = engine.new(scenario_of(name), SeededDice(b"p" * 32), 9), picker(name), set[str]()
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.status == "running":
        for seat in [*state.seats(), *state.seats(), *state.seats()]:
            forms = engine.legal(state, seat)
            command = sorted(forms)[pick(len(forms))]
            at = engine.At(state.game.season, state.game.phase)
            outcome = engine.step(state, seat, engine.Order(command, sample(forms[command], pick), at))
            if not isinstance(outcome, Refusal):
                public |= {event.type for event in outcome for line in event.lines() if line.audience == EVERYONE}
        engine.step(state, engine.ROOM, engine.Order("close"))

    assert public <= {"counted", "venture_closed"}
    assert ("counted" in public) == (name == "counter")


# -- the kit itself: a sound module, and one leak at a time


@attrs.frozen
class LetterAnswered(Event):
    """A letter is answered; its receiver hears what its sender has left."""

    letter: Letter
    left: int

    def apply(self, state: State) -> None:
        """Lay it down again."""
        state.put(self.letter)

    def lines(self) -> tuple[Line, ...]:
        """Tell who answers."""
        return (Line("letter", {"coins": self.left}, (self.letter.receiver,)),)


class FieldLeak(Letters):
    """What a letter holds stands on the table."""

    def leak(self, state: State, letter: Letter) -> tuple[int, ...]:
        """Show the coins."""
        return (letter.coins,)


class LengthLeak(Letters):
    """How many letters there are shows in the length of a list, and nothing else of them."""

    def leak(self, state: State, letter: Letter) -> tuple[int, ...]:
        """Show a nought for each."""
        return (0,) * (len(state.all(Letter)) + 1)


class NumberLeak(Letters):
    """Letters are numbered over the whole room, so that a number tells how busy others are."""

    def number(self, state: State, sender: int, receiver: int) -> int:
        """Count them all."""
        return len(state.all(Letter)) + 1


class OrderLeak(Letters):
    """The table lists all seats, the richest first."""

    def leak(self, state: State, letter: Letter) -> tuple[int, ...]:
        """Show the seats in the order of a secret."""
        return tuple(sorted(state.seats(), key=lambda seat: -state.one(Purse, seat).coins))


class RefusalLeak(Letters):
    """A letter is refused if its receiver has much already."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Ask what is not the sender's to know."""
        if draft.state.one(Purse, int(str(args["seat"]))).coins > 12:
            return refuse("rule", "not_now", "seat", command="send")
        return super().send(draft, seat, args)


class RefusalTextLeak(Letters):
    """A refusal that comes anyhow tells in its text what another has."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Tell what is not the sender's to know."""
        return refuse("rule", "not_now", "seat", have=draft.state.one(Purse, int(str(args["seat"]))).coins)


class BoundLeak(Letters):
    """A bound of a form is what another has."""

    def form(self, state: State, seat: int) -> Form | Refusal:
        """Ask for no more than the receiver's."""
        others = tuple(other for other in state.seats() if other != seat)
        most = max(1, min(state.one(Purse, other).coins for other in others))
        return Form({"seat": OneOf(others), "coins": Whole(1, most)})

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Send what there is."""
        have = draft.state.one(Purse, seat).coins
        if have < int(str(args["coins"])):
            return refuse("cannot_afford", "cannot_afford.credits", "coins", cost=1, have=have)
        return super().send(draft, seat, args)


class HiddenLeak(Letters):
    """What nobody sees shows in an order of somebody."""

    def leak(self, state: State, letter: Letter) -> tuple[int, ...]:
        """Show the mark of the next seat."""
        return (state.one(Purse, letter.receiver).mark, letter.sender)


class HandLeak(Letters):
    """What somebody does shows in the hand of a third."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Let a coin fall into the purse of who is next to the sender."""
        refusal = super().send(draft, seat, args)
        draft.emit(PursesDealt((changed(draft.state.one(Purse, seat % SEATS + 1), coins=1),)))
        return refusal


class CardLeak(Letters):
    """What the end alone opens moves the table before."""

    def close(self, draft: Draft) -> None:
        """Bid higher where a wish is for cake."""
        super().close(draft)
        cakes = sum(purse.wish == "cake" for purse in draft.state.all(Purse).values())
        draft.state.put(changed(draft.state.one(Best), bid=cakes))


MUTANTS = (
    FieldLeak,
    LengthLeak,
    NumberLeak,
    OrderLeak,
    RefusalLeak,
    RefusalTextLeak,
    BoundLeak,
    HiddenLeak,
    HandLeak,
)


def _games(module: Letters, number: int = 12) -> Iterator[Compared]:
    return (twins.compare(letters(module), SEATS, f"letters:{n}", orders=3) for n in range(number))


def test_a_sound_module_passes() -> None:
    """The kit does not cry wolf."""
    assert all(game.orders == 3 * 3 * SEATS for game in _games(Letters()))
    assert twins.cards(letters(Letters()), SEATS, "letters").twins == 1


class Answered(Letters):
    """Who answers a letter is told what its sender has left by then, as makers teach with the skill that they have."""

    events = (*Letters.events, LetterAnswered)

    @property
    def commands(self) -> tuple[Command, ...]:  # type: ignore[override]
        """Return the commands, an answer among them."""
        return (*super().commands, Command.at_once("answer", self.answer_form, self.answer))

    def answer_form(self, state: State, seat: int) -> Form | Refusal:
        """Return which letters a seat has got."""
        got = tuple(letter.id for letter in state.all(Letter).values() if letter.receiver == seat)
        return Form({"letter": OneOf(got)}) if got else refuse("rule", "not_now", command="answer")

    def answer(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Answer one."""
        letter = draft.state.one(Letter, int(str(args["letter"])))
        draft.emit(LetterAnswered(letter, draft.state.one(Purse, letter.sender).coins))
        return None


def test_who_answers_a_paper_meets_its_sender_as_it_is_by_then() -> None:
    """What an answer brings is between its two sides, whichever of them sends it, and reaches nobody else."""
    assert all(game.orders == 3 * 3 * SEATS for game in _games(Answered()))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_leak_is_caught(mutant: type[Letters]) -> None:
    """A field, a length, a number, an order, a refusal, its text, a bound: one leak each, and the kit finds it."""
    with pytest.raises(NonConformance, match=r"shows|differs|tells|order"):
        list(_games(mutant()))


def test_a_leak_of_private_cards_is_caught() -> None:
    """It may show at a close only, where much else is settled."""
    with pytest.raises(NonConformance, match="other private cards"):
        [twins.cards(letters(CardLeak()), SEATS, f"letters:{n}") for n in range(12)]


def test_commands_stand_for_themselves() -> None:
    """Every mutant is the sound module in all but its one leak."""
    assert {tuple(command.name for command in mutant().commands) for mutant in MUTANTS} == {("send", "bid")}
    assert all(isinstance(command, Command) for mutant in MUTANTS for command in mutant().commands)
