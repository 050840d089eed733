"""What would tell a secret by the way: who drew before, who acted first, what happens to one's own venture."""

from __future__ import annotations

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.agreements import Proposal
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Maker, Venture
from makersphere_rules.entity import changed
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Views, ordered
from makersphere_rules.shipped import scenario
from makersphere_rules.state import State

ANN, BO, CHEN = 1, 2, 3


def _admission() -> State:
    """Return the second admission of a class of six makers, each with a venture."""
    state = engine.new(scenario("seminar"), SeededDice(b"t" * 32), 9)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while (state.game.season, state.game.phase) != (2, "admission"):
        engine.step(state, engine.ROOM, engine.Order("close"))
    return state


def _do(state: State, seat: int, command: str, **args: int | str) -> tuple[str, ...]:
    outcome = engine.step(state, seat, engine.Order(command, args))
    assert not isinstance(outcome, Refusal), outcome
    return tuple(f"{line.text}:{seat}" for event in outcome for line in event.lines() for seat in line.audience)


def _hand(state: State, seat: int) -> list[Idea]:
    return [idea for idea in state.all(Idea).values() if idea.seat == seat]


def test_what_one_draws_tells_nobody_who_drew_before() -> None:
    """Two who close their ventures hold the same cards whoever was first, and no card is held twice."""
    one, two = _admission(), _admission()
    for game, order in ((one, (BO, CHEN)), (two, (CHEN, BO))):
        for seat in order:
            _do(game, seat, "close_venture")

    for seat in (BO, CHEN):
        assert len(_hand(one, seat)) == 3
        assert _hand(one, seat) == _hand(two, seat)
    engine.step(one, engine.ROOM, engine.Order("close"))
    cards = [*one.one(Deck, "ideas").cards, *(venture.card for venture in one.all(Venture).values())]
    assert len(cards) == len(set(cards))


def test_a_lead_hears_who_leaves_its_team() -> None:
    """The lead and the one who left are told, nobody else."""
    state = _admission()
    _do(state, BO, "close_venture")
    led = next(venture for venture in state.all(Venture).values() if venture.lead == ANN and not venture.closed)
    state.put(changed(led, cofounders=(BO,)))
    state.put(changed(state.one(Maker, BO), venture=led.id))
    state.settle()

    assert _do(state, BO, "leave_team") == (f"team_left:{BO}", f"team_left:{ANN}")


def test_a_lead_hears_who_swaps_its_shares() -> None:
    """Two others swap shares of a third's venture: its lead sees its cap table change, and is told."""
    state = _admission()
    engine.step(state, engine.ROOM, engine.Order("close"))
    tenants = [venture for venture in state.all(Venture).values() if venture.space and not venture.closed]
    ann, bo = tenants[:2]
    third = next(venture for venture in state.all(Venture).values() if venture not in (ann, bo) and not venture.closed)
    state.put(changed(third, shares={third.lead: 9000, ann.lead: 1000}))
    state.settle()
    swap = {"give_venture": third.id, "give_shares": 500, "take_venture": bo.id, "take_shares": 700}
    _do(state, ann.lead, "propose_swap", maker=bo.lead, **swap)
    proposal = next(iter(state.owned[bo.lead][Proposal]))
    told = _do(state, bo.lead, "answer", proposal=int(proposal), accept=True)

    assert set(told) == {f"swap_made:{seat}" for seat in (ann.lead, bo.lead, third.lead)}


def test_views_stand_in_the_order_of_names_and_numbers() -> None:
    """The order in which things were touched inside a phase is not to be read from a patch or a picture."""
    state = _admission()
    views = Views(state)
    for seat in (CHEN, BO, ANN):
        _do(state, seat, "close_venture")
    engine.step(state, engine.ROOM, engine.Order("close"))
    patch = views.refresh().table

    assert list(patch) == sorted(patch, key=lambda kind: (len(kind), kind))
    assert [int(key) for key in patch["maker"]] == sorted(int(key) for key in patch["maker"])
    assert ordered({"12": 1, "9": {"b": 1, "a": 2}}) == {"9": {"a": 2, "b": 1}, "12": 1}
    assert list(ordered({"12": 1, "9": {"b": 1, "a": 2}})) == ["9", "12"]
