"""How fast a clearinghouse matches, against the plainest loop that does the same on raw lists.

Each maker ranks 20 investors, each investor all who ranked it, with 5 places: about what a hall of 1,000 would send.
"""

from random import Random

from makersphere_rules.ecosystem.formulas.deferred_acceptance import UNMATCHED, deferred_acceptance
from tests.bench.harness import CpuClock, Figures, at_most, bench

_LIST, _PLACES = 20, 5
Lists = list[list[int]]


def _market(makers: int, investors: int) -> tuple[Lists, Lists, list[int]]:
    chance = Random(makers)
    wanted = [chance.sample(range(investors), _LIST) for _ in range(makers)]
    ranked: Lists = [[] for _ in range(investors)]
    for maker, listed in enumerate(wanted):
        for investor in listed:
            ranked[investor].append(maker)
    for listed in ranked:
        chance.shuffle(listed)
    return wanted, ranked, [_PLACES] * investors


def _plain(makers: Lists, investors: Lists, places: list[int]) -> list[int]:
    """Return the same matching by a bare loop: lists, an index for each list, nothing else."""
    ranks = [{maker: rank for rank, maker in enumerate(listed)} for listed in investors]
    held: Lists = [[] for _ in investors]
    following = [0] * len(makers)
    free = list(range(len(makers)))
    while free:
        maker = free.pop()
        while following[maker] < len(makers[maker]):
            investor = makers[maker][following[maker]]
            following[maker] += 1
            rank = ranks[investor]
            if maker not in rank:
                continue
            holds = held[investor]
            if len(holds) == places[investor]:
                worst = max(holds, key=rank.__getitem__)
                if rank[maker] > rank[worst]:
                    continue
                holds.remove(worst)
                free.append(worst)
            holds.append(maker)
            break
    matched = [UNMATCHED] * len(makers)
    for investor, holds in enumerate(held):
        for maker in holds:
            matched[maker] = investor
    return matched


def _compare(makers: int, investors: int, times: int) -> Figures:
    market = _market(makers, investors)
    if deferred_acceptance(*market) != _plain(*market):
        raise AssertionError("the two disagree")
    with CpuClock() as ours:
        for _ in range(times):
            deferred_acceptance(*market)
    with CpuClock() as plain:
        for _ in range(times):
            _plain(*market)
    return {"ratio_to_plain": ours.own_s / plain.own_s, "ms": 1000 * ours.own_s / times}


@bench("match-1000", ratio_to_plain=at_most(1.5))
def thousand() -> Figures:
    """Match 1,000 makers with 200 investors who have five places each."""
    return _compare(1000, 200, times=40)


@bench("match-5000", ratio_to_plain=at_most(1.5))
def five_thousand() -> Figures:
    """Match 5,000 makers with 1,000 investors who have five places each."""
    return _compare(5000, 1000, times=8)
