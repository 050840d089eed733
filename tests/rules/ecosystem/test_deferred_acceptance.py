"""Deferred acceptance: published matchings with known answers, and stability whatever the lists."""

from __future__ import annotations

import warnings
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from matching.games import HospitalResident

from makersphere_rules.ecosystem.formulas.deferred_acceptance import (
    UNMATCHED,
    blocking_pairs,
    deferred_acceptance,
)

Lists = list[list[int]]

# Gale and Shapley 1962, section 3, example 1: three men (alpha, beta, gamma), three women (A, B, C)
GALE_MEN = [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
GALE_WOMEN = [[1, 2, 0], [2, 0, 1], [0, 1, 2]]

# Gale and Shapley 1962, section 3, example 2: four men, four women, one stable matching only
GALE_FOUR_MEN = [[0, 1, 2, 3], [0, 3, 2, 1], [1, 0, 2, 3], [3, 1, 2, 0]]
GALE_FOUR_WOMEN = [[3, 2, 0, 1], [1, 3, 0, 2], [3, 0, 1, 2], [2, 1, 0, 3]]


def plain_deferred_acceptance(proposers: Lists, receivers: Lists, capacities: list[int]) -> list[int]:
    """Return the same matching by the round-by-round procedure of the paper, slow and obvious."""
    refused: set[tuple[int, int]] = set()
    while True:
        asked: dict[int, list[int]] = {}
        for proposer, wanted in enumerate(proposers):
            for receiver in wanted:
                if (proposer, receiver) not in refused:
                    asked.setdefault(receiver, []).append(proposer)
                    break
        new: set[tuple[int, int]] = set()
        for receiver, asking in asked.items():
            ranked = sorted((p for p in asking if p in receivers[receiver]), key=receivers[receiver].index)
            kept = ranked[: capacities[receiver]]
            new |= {(proposer, receiver) for proposer in asking if proposer not in kept}
        if not new:
            matched = [UNMATCHED] * len(proposers)
            for receiver, asking in asked.items():
                for proposer in asking:
                    matched[proposer] = receiver
            return matched
        refused |= new


def test_gale_and_shapley_example_1_gives_each_proposer_its_first_choice() -> None:
    """Men propose: each gets his first; women propose: each gets hers (Gale and Shapley 1962, example 1)."""
    assert deferred_acceptance(GALE_MEN, GALE_WOMEN, [1, 1, 1]) == [0, 1, 2]
    assert deferred_acceptance(GALE_WOMEN, GALE_MEN, [1, 1, 1]) == [1, 2, 0]


def test_gale_and_shapley_example_2_has_one_stable_matching() -> None:
    """Both sides reach alpha-C, beta-D, gamma-A, delta-B, the only stable one (1962, example 2)."""
    assert deferred_acceptance(GALE_FOUR_MEN, GALE_FOUR_WOMEN, [1] * 4) == [2, 3, 0, 1]
    assert deferred_acceptance(GALE_FOUR_WOMEN, GALE_FOUR_MEN, [1] * 4) == [2, 3, 0, 1]


def test_roth_the_college_admissions_example_has_one_stable_matching() -> None:
    """C1 gets s3 and s4, C2 s2, C3 s1, though every college likes another matching better (Roth 1985, p. 283)."""
    students = [[2, 0, 1], [1, 0, 2], [0, 2, 1], [0, 1, 2]]
    colleges = [[0, 1, 2, 3], [0, 1, 2, 3], [2, 0, 1, 3]]
    capacities = [2, 1, 1]
    assert deferred_acceptance(students, colleges, capacities) == [2, 1, 0, 0]
    liked_by_all_colleges = [1, 0, 2, 0]
    assert blocking_pairs(students, colleges, capacities, [2, 1, 0, 0]) == []
    assert blocking_pairs(students, colleges, capacities, liked_by_all_colleges) != []


def test_residents_and_hospitals_with_two_places_each() -> None:
    """The resident match's own example of five applicants and three programmes ("Run a match", NRMP 2014)."""
    city, mercy, general = range(3)
    anderson, chen, ford, davis, eastman = range(5)
    residents = [[city], [city, mercy], [city, general, mercy], [mercy, city, general], [city, mercy, general]]
    hospitals = [
        [eastman, anderson, chen, davis, ford],
        [chen, ford],
        [eastman, anderson, ford, davis],
    ]
    matched = deferred_acceptance(residents, hospitals, [2, 2, 2])
    assert matched == [city, mercy, general, general, city]
    assert blocking_pairs(residents, hospitals, [2, 2, 2], matched) == []


def test_who_is_not_ranked_is_unacceptable() -> None:
    """An empty place is not filled with somebody who is not on the list."""
    assert deferred_acceptance([[0], [0]], [[1]], [2]) == [UNMATCHED, 0]


def test_no_place_no_match() -> None:
    """A receiver without places holds nobody, and blocks nothing."""
    assert deferred_acceptance([[0, 1]], [[0], [0]], [0, 1]) == [1]
    assert blocking_pairs([[0, 1]], [[0], [0]], [0, 1], [1]) == []


@st.composite
def markets(draw: st.DrawFn) -> tuple[Lists, Lists, list[int]]:
    """Draw a market with incomplete lists and several places, empty lists and no places among them."""
    proposers, receivers = draw(st.integers(0, 7)), draw(st.integers(0, 5))
    lists = [
        draw(st.lists(st.sampled_from(range(receivers)), unique=True)) if receivers else [] for _ in range(proposers)
    ]
    others = [
        draw(st.lists(st.sampled_from(range(proposers)), unique=True)) if proposers else [] for _ in range(receivers)
    ]
    return lists, others, [draw(st.integers(0, 3)) for _ in range(receivers)]


@given(markets())
@settings(max_examples=300, deadline=None)
def test_there_are_never_blocking_pairs(market: tuple[Lists, Lists, list[int]]) -> None:
    """Whatever the lists: stable, within capacities, nobody with somebody it did not rank."""
    proposers, receivers, capacities = market
    matched = deferred_acceptance(proposers, receivers, capacities)
    assert blocking_pairs(proposers, receivers, capacities, matched) == []
    for proposer, receiver in enumerate(matched):
        if receiver != UNMATCHED:
            assert receiver in proposers[proposer]
            assert proposer in receivers[receiver]
            assert matched.count(receiver) <= capacities[receiver]


@given(markets())
@settings(max_examples=300, deadline=None)
def test_it_is_the_procedure_of_the_paper(market: tuple[Lists, Lists, list[int]]) -> None:
    """The quick way and the paper's round by round reach the same matching."""
    proposers, receivers, capacities = market
    expected = plain_deferred_acceptance(proposers, receivers, capacities)
    assert deferred_acceptance(proposers, receivers, capacities) == expected


@given(st.permutations(range(4)), st.permutations(range(4)), st.data())
@settings(max_examples=100, deadline=None)
def test_blocking_pairs_are_found(one: list[int], other: list[int], data: st.DataObject) -> None:
    """Exactly the pairs that the definition names, found by looking at every pair (Gale and Shapley 1962)."""
    proposers = [data.draw(st.permutations(one)) for _ in range(4)]
    receivers = [data.draw(st.permutations(other)) for _ in range(4)]
    matched = data.draw(st.permutations(range(4)))
    by_definition = [
        (p, r)
        for p in range(4)
        for r in proposers[p]
        if proposers[p].index(r) < proposers[p].index(matched[p])
        and receivers[r].index(p) < receivers[r].index(matched.index(r))
    ]
    assert blocking_pairs(proposers, receivers, [1] * 4, matched) == by_definition


def _random_market(chance: Random) -> tuple[Lists, Lists, list[int]]:
    """Return a market in which everyone ranks whoever ranks it, and nobody ranks nobody."""
    while True:
        proposers, receivers = chance.randint(1, 6), chance.randint(1, 4)
        pairs = {(p, r) for p in range(proposers) for r in range(receivers) if chance.random() < 0.7}
        ours = [[r for r in range(receivers) if (p, r) in pairs] for p in range(proposers)]
        theirs = [[p for p in range(proposers) if (p, r) in pairs] for r in range(receivers)]
        if all(ours) and all(theirs):
            for wanted in (*ours, *theirs):
                chance.shuffle(wanted)
            return ours, theirs, [chance.randint(1, 3) for _ in range(receivers)]


def test_ten_thousand_markets_match_as_another_solver_matches_them() -> None:
    """The proposers' best stable matching, as the package `matching` finds it (its `resident` optimum)."""
    chance = Random(1962)
    for _ in range(10_000):
        proposers, receivers, capacities = _random_market(chance)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of capacities beyond the list's length, which are fine
            game = HospitalResident.create_from_dictionaries(
                dict(enumerate(proposers)), dict(enumerate(receivers)), dict(enumerate(capacities))
            )
            solved = game.solve(optimal="resident")
        expected = [UNMATCHED] * len(proposers)
        for receiver, held in solved.items():
            for proposer in held:
                expected[proposer.name] = receiver.name
        assert deferred_acceptance(proposers, receivers, capacities) == expected
