"""A what-if changes one recorded fact and nothing else, and what it moves it moves the right way."""

from __future__ import annotations

import attrs
import pytest

from makersphere_playtest.why.changes import NOTHING, Change, Impossible, again
from makersphere_playtest.why.facts import Fact, facts
from makersphere_playtest.why.futures import Futures, Matters, played
from makersphere_playtest.why.recorded import Stretch
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.engine import At, Order
from makersphere_rules.written.notation import state_hash
from tests.playtest.why.recorded_games import game

FEW = 8
GAMES = (("classroom", "why"), ("classroom", "two"), ("classroom", "five"), ("mechanisms", "b"))


def fact_of(*sorts: str) -> tuple[Stretch, Fact]:
    """Return the first possible fact of some sorts with its phase, over a few games."""
    for name, seed in GAMES:
        found = game(name, seed)
        for fact in facts(found):
            if fact.sort in sorts:
                [stretch] = [one for one in found.stretches if (one.season, one.phase) == (fact.season, fact.phase)]
                try:
                    again(stretch, fact.change)
                except Impossible:
                    continue
                return stretch, fact
    raise AssertionError(f"no {sorts} in the games of this test")


def futures(stretch: Stretch, change: Change, fact: Fact, numbers: range = range(FEW)) -> Futures:
    """Return some futures of a phase as it was and with a change."""
    return played(again(stretch), again(stretch, change), Matters(fact.venture, fact.seats), "1", numbers)


def test_changing_nothing_changes_nothing_at_all() -> None:
    """Every difference is exactly 0, and so is its interval; one of the two games stands for both."""
    stretch, fact = fact_of("signed")
    found = futures(stretch, NOTHING, fact)
    assert found.alike == FEW
    assert found.sums
    for sums in found.sums.values():
        difference = sums.difference()
        assert (difference.mean, difference.lo, difference.hi) == (0, 0, 0)


def test_saying_the_same_again_changes_nothing_at_all() -> None:
    """An order in its own place is no difference, in a game that is played to its end beside the other."""
    stretch, fact = fact_of("signed")
    same = next(told.line for told in stretch.told if told.line.seq == fact.seq)
    assert same.order is not None
    found = futures(stretch, Change(instead={fact.seq: ((same.actor, same.order),)}), fact)
    assert all(sums.difference().hi == sums.difference().lo == 0 for sums in found.sums.values())


def test_the_same_seed_gives_the_same_numbers_in_any_order() -> None:
    """A future has a number; who plays it, and when, changes nothing."""
    stretch, fact = fact_of("roll_lost")
    whole = futures(stretch, fact.change, fact)
    parts = Futures()
    for numbers in (range(5, FEW), range(5)):
        parts.merge(futures(stretch, fact.change, fact, numbers))
    assert parts == whole
    other = played(again(stretch), again(stretch, fact.change), Matters(fact.venture, fact.seats), "2", range(FEW))
    assert other != whole


def test_a_phase_is_left_as_it_was() -> None:
    """What is played again stands on copies."""
    stretch, fact = fact_of("signed")
    before = state_hash(stretch.opened)
    futures(stretch, fact.change, fact)
    assert state_hash(stretch.opened) == before


@pytest.mark.parametrize(("sort", "sign"), [("roll_lost", 1), ("roll_won", -1)])
def test_a_roll_that_falls_otherwise_moves_its_venture(sort: str, sign: int) -> None:
    """Won for lost it comes further, lost for won less far, and the interval says so."""
    stretch, fact = fact_of(sort)
    was, might = again(stretch), again(stretch, fact.change)
    before, after = was.one(Venture, fact.venture), might.one(Venture, fact.venture)
    assert after.stage - before.stage == sign
    assert sum(after.dice) - sum(before.dice) == int(fact.values["other"]) - int(fact.values["total"])
    others = [number for number in was.all(Venture) if number != fact.venture]
    assert all(was.one(Venture, number).dice == might.one(Venture, number).dice for number in others)
    found = futures(stretch, fact.change, fact).sums["stage"].difference()
    assert found.is_clear
    assert found.mean * sign > 0


def test_a_signature_withheld_makes_no_deal() -> None:
    """The deal is gone, and the birth that it was."""
    stretch, fact = fact_of("signed")
    said = ("investor", "maker", "venture", "credits", "shares")
    deals = [
        [deal for deal in state.all(Deal).values() if all(getattr(deal, name) == fact.values[name] for name in said)]
        for state in (again(stretch), again(stretch, fact.change))
    ]
    assert list(map(len, deals)) == [1, 0]
    assert again(stretch).one(Venture, fact.venture).born
    assert not again(stretch, fact.change).one(Venture, fact.venture).born


def test_a_signature_given_makes_a_deal_and_a_birth() -> None:
    """The venture is born in every future in which they sign."""
    stretch, fact = fact_of("missed")
    pair = fact.values["investor"], fact.values["venture"]
    paid = {(deal.investor, deal.venture) for deal in again(stretch, fact.change).all(Deal).values() if deal.credits}
    assert pair in paid
    found = futures(stretch, fact.change, fact).sums["born"].difference()
    assert found.mean > 0


@pytest.mark.parametrize(("sort", "comes_in"), [("bar_missed", True), ("bar_reached", False)])
def test_a_bar_moved_for_one_lets_in_or_turns_away_that_one(sort: str, *, comes_in: bool) -> None:
    """Afterwards the bar stands where its operator has set it."""
    stretch, fact = fact_of(sort)
    was, might = again(stretch), again(stretch, fact.change)
    space = int(fact.values["space"])
    assert (was.one(Venture, fact.venture).space == space) is not comes_in
    assert (might.one(Venture, fact.venture).space == space) is comes_in
    assert was.one(Space, space).maker_bar == might.one(Space, space).maker_bar == fact.values["bar"]
    shown = might.as_settled(Space, space)
    assert shown is not None
    assert shown.maker_bar == fact.values["bar"]


@pytest.mark.parametrize("seed", ["bar6", "bar7", "bar8"])
def test_no_bar_is_moved_in_vain(seed: str) -> None:
    """Who comes in by a wild card at any bar is not told of as whom a higher bar would have kept out."""
    found = game("quickstart", seed, 6, "standard")
    told = [fact for fact in facts(found) if fact.sort in ("bar_missed", "bar_reached")]
    for fact in told:
        [stretch] = [one for one in found.stretches if (one.season, one.phase) == (fact.season, fact.phase)]
        comes_in = again(stretch, fact.change).one(Venture, fact.venture).space == int(fact.values["space"])
        assert comes_in is (fact.sort == "bar_missed")


def test_another_price_is_the_one_that_is_asked() -> None:
    """The venture asks it in this market, and sells otherwise."""
    stretch, fact = fact_of("price")
    was, might = again(stretch), again(stretch, fact.change)
    assert was.one(Venture, fact.venture).price == fact.values["price"]
    assert was.one(Venture, fact.venture).sales == fact.values["credits"]
    assert might.one(Venture, fact.venture).price == fact.values["other_price"]
    assert might.one(Venture, fact.venture).sales != fact.values["credits"]


def test_a_level_that_is_not_bought_leaves_its_price() -> None:
    """The space keeps its money and its lower level."""
    stretch, fact = fact_of("level")
    path, space = str(fact.values["path"]), int(fact.values["space"])
    was, might = again(stretch).one(Space, space), again(stretch, fact.change).one(Space, space)
    assert getattr(was, path) == fact.values["level"]
    assert getattr(might, path) < getattr(was, path)


def test_what_the_rules_refuse_is_no_what_if() -> None:
    """An order that cannot be given is said to be impossible, and not passed over."""
    stretch, fact = fact_of("signed")
    nobody = Order("answer_terms", {"sheet": 1, "answer": "accept"}, At(stretch.season, stretch.phase))
    with pytest.raises(Impossible):
        again(stretch, attrs.evolve(fact.change, instead={fact.seq: ((1, nobody),)}))
