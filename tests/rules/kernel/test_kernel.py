"""The kernel: deciding, evolving, seeing, splitting, drawing."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice, commitment
from makersphere_rules.ecosystem.table.entities import Maker
from makersphere_rules.engine import ROOM, At, Order
from makersphere_rules.entity import changed
from makersphere_rules.events import ChoiceMade, ReadySet
from makersphere_rules.forms import Arg, Flag, Form, Many, OneOf, Sum, Whole, Wholes, check
from makersphere_rules.kit import conformance
from makersphere_rules.modules.counter import Count, Tally
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Views, merge_patch, table_of
from makersphere_rules.split import split
from makersphere_rules.state import Choice, Seat, State
from makersphere_rules.written.notation import state_hash

SEED = bytes(range(32))


def counter(seats: int = 3) -> State:
    """Return a running game of `counter`."""
    state = engine.new(shipped.scenario("counter"), SeededDice(SEED), seats)
    engine.step(state, ROOM, Order("start", {"commitment": "c0"}))
    return state


def code(outcome: object) -> str:
    """Return the code of a refusal."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


class TestDeciding:
    """`decide` answers with events or a refusal and changes nothing."""

    def test_a_count_is_a_fact_with_its_result(self) -> None:
        """The events of an order carry what came of it."""
        state = counter()

        engine.step(state, 2, Order("count", {"by": 4}))

        assert state.one(Count, 2).count == 4
        assert (state.one(Tally).total, state.one(Tally).last) == (4, 2)

    def test_nobody_is_ready_or_asked_in_a_phase_that_opens(self) -> None:
        """What somebody waited for in the phase before is over with it."""
        state = counter()
        engine.step(state, 1, Order("ready", {"ready": True}))
        state.set_ready(1, ready=True, asked=True)

        state.unready()

        assert state.one(Seat, 1) == Seat(1, state.role(1), ready=False, asked=False)

    @pytest.mark.parametrize("by", [0, 11, True, "1", 1.0, None, [1]])
    def test_integers_are_integers(self, by: object) -> None:
        """Neither text nor truth nor a fraction counts as a whole number; the state stays as it is."""
        state = counter()
        before = state_hash(state)

        outcome = engine.decide(state, 1, Order("count", {"by": by}))  # type: ignore[dict-item]

        assert code(outcome) == "bad_args"
        assert isinstance(outcome, Refusal)
        assert outcome.field == "by"
        assert state_hash(state) == before

    def test_a_missing_and_an_unknown_argument_are_named(self) -> None:
        """A refusal names the field."""
        state = counter()

        missing = engine.decide(state, 1, Order("count"))
        unknown = engine.decide(state, 1, Order("count", {"by": 1, "to": 2}))

        assert isinstance(missing, Refusal)
        assert isinstance(unknown, Refusal)
        assert (missing.text, missing.field) == ("missing_field", "by")
        assert (unknown.text, unknown.field) == ("unknown_field", "to")

    def test_a_late_command_is_refused(self) -> None:
        """A command for another season or phase than the present one is not carried out."""
        state = counter()

        assert code(engine.decide(state, 1, Order("count", {"by": 1}, At(2, "count")))) == "not_your_phase"
        assert code(engine.decide(state, 1, Order("count", {"by": 1}, At(1, "matching")))) == "not_your_phase"

    def test_ready_must_say_when_it_was_meant_for(self) -> None:
        """A stale *ready* cannot close a later phase."""
        state = counter()

        assert code(engine.decide(state, 1, Order("ready", {"ready": True}))) == "bad_args"
        assert not isinstance(engine.decide(state, 1, Order("ready", {"ready": True}, At(1, "count"))), Refusal)

    @pytest.mark.parametrize(
        ("args", "field"), [({"ready": "yes"}, "ready"), ({}, "ready"), ({"ready": True, "now": 1}, "now")]
    )
    def test_ready_says_yes_or_no_and_nothing_else(self, args: dict[str, Arg], field: str) -> None:
        """Like any command it has a form, and a refusal names the field."""
        refusal = engine.decide(counter(), 1, Order("ready", args, At(1, "count")))

        assert isinstance(refusal, Refusal)
        assert (refusal.code, refusal.field) == ("bad_args", field)

    def test_what_somebody_made_up_is_not_told_at_length(self) -> None:
        """A name that is no command's comes back cut."""
        refusal = engine.decide(counter(), 1, Order("x" * 10_000))

        assert isinstance(refusal, Refusal)
        assert refusal.values["command"] == "x" * 64

    def test_an_unknown_command_and_a_game_that_is_over(self) -> None:
        """Each has its code."""
        state = counter()

        assert code(engine.decide(state, 1, Order("fly"))) == "unknown_command"
        engine.step(state, ROOM, Order("end"))
        assert code(engine.decide(state, 1, Order("count", {"by": 1}))) == "over"
        assert engine.legal(state, 1) == {}

    def test_all_ready_and_the_close_ends_the_last_phase(self) -> None:
        """When nobody needs more time the room may close the phase; after the last one the game is over."""
        state = counter()
        for seat in state.seats():
            engine.step(state, seat, Order("ready", {"ready": True}, At(1, "count")))

        assert engine.all_ready(state)
        engine.step(state, ROOM, Order("close"))
        assert state.game.status == "over"


class TestSeeing:
    """Views are kept current from the touched keys alone."""

    def test_a_patch_tells_what_changed_and_no_more(self) -> None:
        """Only the touched entities stand in the merge patch."""
        state = counter()
        views = Views(state)
        engine.step(state, 3, Order("count", {"by": 7}))
        views.refresh()
        engine.step(state, 3, Order("count", {"by": 1}))

        changes = views.refresh()

        assert changes.table == {"count": {"3": {"count": 8}}, "tally": {"total": 8}}
        assert changes.hands == {}

    @anything(
        st.dictionaries(st.text(max_size=2), st.integers() | st.dictionaries(st.text(max_size=2), st.integers())),
        st.dictionaries(st.text(max_size=2), st.integers() | st.dictionaries(st.text(max_size=2), st.integers())),
    )
    def test_a_merge_patch_turns_one_tree_into_the_other(self, before: dict, after: dict) -> None:  # type: ignore[type-arg]
        """RFC 7396: what a client applies gives what the server has."""
        assert _merged(before, merge_patch(before, after)) == after


def _merged(target: object, patch: object) -> object:
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value)
    return result


class TestForms:
    """A form says what a command takes, and checks it."""

    def test_sums_bind_several_fields(self) -> None:
        """Fields that are each in bounds may still be too much together."""
        form = Form({"a": Whole(0, 6), "b": Whole(0, 6)}, (Sum(("a", "b"), 0, 6),), frozenset({"b"}))

        assert check(form, {"a": 3, "b": 3}) is None
        assert check(form, {"a": 6}) is None
        refusal = check(form, {"a": 4, "b": 3})
        assert refusal is not None
        assert (refusal.text, refusal.field) == ("expected_sum", "a")

    @pytest.mark.parametrize("value", [[1, 1], [4], "1", [True], [1, 2, 3], [[1]]])
    def test_a_list_holds_different_known_choices(self, value: object) -> None:
        """Neither repeats nor strangers nor more than allowed."""
        assert check(Form({"x": Many((1, 2, 3), 2)}), {"x": value}) is not None  # type: ignore[dict-item]

    def test_each_domain_accepts_its_own(self) -> None:
        """One good value each."""
        form = Form({"a": OneOf((1, "garage")), "b": Many((1, 2), 2), "c": Wholes(2, 0, 3, 3), "d": Flag()})

        assert check(form, {"a": "garage", "b": [2, 1], "c": [3, 0], "d": False}) is None
        refusal = check(form, {"a": "attic", "b": [], "c": [3, 0], "d": False})
        assert refusal is not None
        assert refusal.field == "a"

    @anything(st.integers(0, 10**9))
    def test_samples_fill_their_form(self, seed: int) -> None:
        """Whatever the kit samples passes the check."""
        form = Form(
            {
                "a": Whole(0, 9),
                "b": Whole(0, 9),
                "w": Wholes(4, 0, 10, 10),
                "m": Many((1, 2, 3), 2),
                "f": Flag(),
            },
            (Sum(("a", "b"), 2, 9),),
            frozenset({"f"}),
        )

        assert check(form, conformance.sample(form, conformance.picker(str(seed)))) is None


class TestSplit:
    """Hamilton's method."""

    def test_largest_remainders_take_what_is_left(self) -> None:
        """Ten by 6 : 6 : 2 are quotas of 4.29, 4.29 and 1.43, so the third gets the one that is left."""
        assert split(10, [6, 6, 2]) == [4, 4, 2]
        assert split(1, [1, 1, 1]) == [1, 0, 0]
        assert split(7, [0, 0]) == [0, 0]

    @anything(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), max_size=12))
    def test_parts_sum_to_the_whole(self, whole: int, weights: list[int]) -> None:
        """And no part is more than one away from its quota."""
        parts = split(whole, weights)

        assert sum(parts) == (whole if sum(weights) else 0)
        for part, weight in zip(parts, weights, strict=True):
            quota = whole * weight // sum(weights) if sum(weights) else 0
            assert quota <= part <= quota + 1


class TestDice:
    """Chance is a function of the seed and the draw's name."""

    def test_a_draw_depends_on_its_name_alone(self) -> None:
        """The same name gives the same number; another name another stream."""
        dice = SeededDice(SEED)

        first = [dice.draw(1, "incubation", "roll", 4, n, 6) for n in range(50)]

        assert first == [SeededDice(SEED).draw(1, "incubation", "roll", 4, n, 6) for n in range(50)]
        assert first != [dice.draw(2, "incubation", "roll", 4, n, 6) for n in range(50)]
        assert set(first) == {1, 2, 3, 4, 5, 6}

    def test_a_draw_is_the_first_word_of_an_hmac(self) -> None:
        """Whoever has the seed checks a draw with any library: HMAC-SHA256 (RFC 2104) over the name of the draw."""
        for seed in (SEED, b"", b"long" * 40):
            code = hmac.digest(seed, b"1|incubation|roll|4|0|0", "sha256")
            assert SeededDice(seed).draw(1, "incubation", "roll", 4, 0, 6) == int.from_bytes(code[:8], "big") % 6 + 1

    @anything(st.integers(2**63 + 1, 2**64 - 1), st.integers(0, 10**6))
    def test_a_word_that_favours_a_side_is_passed_over(self, sides: int, number: int) -> None:
        """It is the first of the words, four from a code, code after code, below the last whole number of rounds."""
        codes = (hmac.digest(SEED, f"1|matching|look|4|{number}|{n}".encode(), "sha256") for n in itertools.count())
        words = (int.from_bytes(code[place : place + 8], "big") for code in codes for place in range(0, 32, 8))
        fair = next(word for word in words if word < 2**64 // sides * sides)

        assert SeededDice(SEED).draw(1, "matching", "look", 4, number, sides) == fair % sides + 1

    def test_the_commitment_is_sha256_of_seed_and_nonce(self) -> None:
        """Anyone can check it at the end."""
        assert commitment(SEED, b"n" * 16) == hashlib.sha256(SEED + b"n" * 16).hexdigest()


def test_what_follows_from_a_kind_is_made_again_only_when_it_has_changed() -> None:
    """It is worked out once for all who ask, and is never out of date."""
    state = counter()
    made: list[None] = []

    def done(seats: Iterable[Seat]) -> int:
        made.append(None)
        return sum(seat.ready for seat in seats)

    assert (state.derived(Seat, done), state.derived(Seat, done), len(made)) == (0, 0, 1)
    state.put(Seat(1, "player", ready=True))
    assert (state.derived(Seat, done), state.copy().derived(Seat, done)) == (1, 1)
    state.remove(Seat, 1)
    assert state.derived(Seat, done) == 0


def test_what_is_derived_from_some_fields_outlasts_changes_of_others() -> None:
    """Only a change of what it reads, a new entity or one that is gone has it made again."""
    state = counter(2)
    made: list[None] = []

    def roles(seats: Iterable[Seat]) -> tuple[str, ...]:
        made.append(None)
        return tuple(seat.role for seat in seats)

    def read() -> tuple[str, ...]:
        return state.derived(Seat, roles, "role")

    assert (read(), len(made)) == (("player", "player"), 1)
    state.put(Seat(1, "player", ready=True))
    assert (read(), len(made)) == (("player", "player"), 1)
    state.put(Seat(1, "maker"))
    assert (read(), len(made)) == (("maker", "player"), 2)
    state.put(Seat(3, "player"))
    state.remove(Seat, 2)
    assert read() == ("maker", "player")


def test_what_is_derived_of_seats_and_choices_hears_of_readiness_and_of_sealing() -> None:
    """These have ways of their own into the state, and outdate what was made of them as any change does."""
    state = counter(2)

    def done(seats: Iterable[Seat]) -> list[int]:
        return [seat.id for seat in seats if seat.done]

    def sealed(choices: Iterable[Choice]) -> list[str]:
        return [choice.command for choice in choices]

    assert (state.derived(Seat, done), state.derived(Choice, sealed)) == ([], [])
    engine.evolve(state, ReadySet(2, ready=True))
    engine.evolve(state, ChoiceMade(1, "guess", "", {}))
    assert (state.derived(Seat, done), state.derived(Choice, sealed)) == ([2], ["guess"])
    assert list(state.owned[1][Choice]) == ["1:guess:"]


def test_seats_are_found_by_role_as_they_are_now() -> None:
    """A new seat, another role and a seat that is gone show at once."""
    state = counter(2)
    assert (state.seats("player"), state.seats()) == ([1, 2], [1, 2])
    state.put(Seat(3, "maker"))
    state.put(Seat(1, "maker"))
    assert (state.seats("player"), state.seats("maker"), state.seats()) == ([2], [1, 3], [1, 2, 3])
    state.remove(Seat, 3)
    assert (state.seats("maker"), state.copy().seats()) == ([1], [1, 2])


def test_forms_outlast_sealed_choices_and_readiness_and_nothing_else() -> None:
    """A form is made anew after any change on which it may hang."""
    state = counter(2)
    command = state.scenario.commands["count"]["count"]
    form = engine.form_of(state, 1, command)
    engine.evolve(state, ReadySet(2, ready=True))
    engine.evolve(state, ChoiceMade(1, "guess", "", {}))
    assert engine.form_of(state, 1, command) is form
    engine.step(state, 2, Order("count", {"by": 1}))
    assert engine.form_of(state, 1, command) is not form


def test_of_a_kind_with_fixed_fields_whoever_comes_or_goes_shows_at_once() -> None:
    """What changes of them shows with the close; that there is one more, or one fewer, shows in the same patch."""
    state = engine.new(shipped.scenario("quickstart"), SeededDice(SEED), 6)
    engine.step(state, ROOM, Order("start"))
    views = Views(state)
    state.put(changed(state.one(Maker, 1), spirit=1))
    assert views.refresh().table == {}
    state.put(Maker(9, "student", (1, 1, 1), 5))
    assert views.refresh().table == {"maker": {"9": {"seat": 9, "background": "student"}}}
    assert views.table == table_of(state)
    state.remove(Maker, 9)
    assert views.refresh().table == {"maker": {"9": None}}
    state.settle()
    assert views.refresh().table == {"maker": {"1": {"spirit": 1}}}
    assert views.table == table_of(state)
