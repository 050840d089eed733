"""Deferred acceptance: a stable matching of proposers with receivers that have several places.

One side proposes down its list, the other holds the best so far and lets go only for better. With strict
lists the result does not depend on who proposes when, is stable, and is the best stable matching for
every proposer. Pure: whole numbers in, whole numbers out; knows no maker and no investor.

Source: Gale and Shapley 1962 (college admissions); Roth 1984; Roth and Sotomayor 1990, chapters 2 and 5.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from typing import Final

__all__ = ["UNMATCHED", "blocking_pairs", "deferred_acceptance"]

UNMATCHED: Final = -1


def deferred_acceptance(
    proposers: Sequence[Sequence[int]], receivers: Sequence[Sequence[int]], capacities: Sequence[int]
) -> list[int]:
    """Match each proposer with at most one receiver, each receiver with at most its capacity.

    Args:
        proposers: for each proposer the receivers it accepts, the best first, none twice.
        receivers: for each receiver the proposers it accepts, the best first, none twice.
        capacities: for each receiver its places, 0 or more.

    Returns:
        For each proposer its receiver, or `UNMATCHED`.
    """
    places = [{proposer: place for place, proposer in enumerate(wanted)} for wanted in receivers]
    held: list[list[int]] = [[] for _ in receivers]  # places on the receiver's own list, the best first
    left = [iter(wanted) for wanted in proposers]
    matched = [UNMATCHED] * len(proposers)
    free = list(range(len(proposers)))
    while free:
        proposer = free.pop()
        for receiver in left[proposer]:
            place = places[receiver].get(proposer)
            if place is None:
                continue
            holds = held[receiver]
            if len(holds) >= capacities[receiver]:
                if not holds or place > holds[-1]:
                    continue
                rejected = receivers[receiver][holds.pop()]
                matched[rejected] = UNMATCHED
                free.append(rejected)
            insort(holds, place)
            matched[proposer] = receiver
            break
    return matched


def blocking_pairs(
    proposers: Sequence[Sequence[int]],
    receivers: Sequence[Sequence[int]],
    capacities: Sequence[int],
    matched: Sequence[int],
) -> list[tuple[int, int]]:
    """Return the pairs that would both rather have each other than what they got.

    Args:
        proposers: as in `deferred_acceptance`.
        receivers: likewise.
        capacities: likewise.
        matched: for each proposer its receiver, or `UNMATCHED`.

    Returns:
        (proposer, receiver) pairs in order of the proposers; none exactly if the matching is stable.
    """
    places = [{proposer: place for place, proposer in enumerate(wanted)} for wanted in receivers]
    held: list[list[int]] = [[] for _ in receivers]
    for proposer, receiver in enumerate(matched):
        if receiver != UNMATCHED:
            # whom the receiver does not accept it would let go for anybody
            held[receiver].append(places[receiver].get(proposer, len(places[receiver])))
    found: list[tuple[int, int]] = []
    for proposer, wanted in enumerate(proposers):
        for receiver in wanted:
            if receiver == matched[proposer]:
                break
            place = places[receiver].get(proposer)
            if place is None or capacities[receiver] == 0:
                continue
            if len(held[receiver]) < capacities[receiver] or place < max(held[receiver]):
                found.append((proposer, receiver))
    return found
