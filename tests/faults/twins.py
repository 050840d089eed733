"""What is one seat's alone changes no byte that anybody else gets, in far more games than there could be over sockets.

A game is played at random; in each phase a copy of it goes on with something else that one seat alone may know, and
everything that anybody else could be told of the two is compared, in bytes, lengths and order. Every scenario that
ships and every module has its turn. What lies between these views and a socket, `secrecy` tries.
"""

from __future__ import annotations

from makersphere_rules.kit.conformance import NonConformance
from makersphere_rules.kit.twins import compare
from tests.faults.harness import Run, fault
from tests.rules.plan import PLAYED, scenario_of

_SIZES = (4, 6, 9)
_ORDERS = 4  # of each seat in each phase


@fault("twins", rounds=2000, quick_rounds=12)
async def twins(run: Run) -> None:
    """Games without sockets, with a twin in each phase that differs in one secret: nobody else gets another byte."""
    run.expect("games", "twins", "orders")
    if not run.is_quick:
        run.expect(*(f"of_{name}" for name in PLAYED))
    if run.build:
        run.problem("no server is tried here, so no build of it either")
    tried = 0
    while run.goes_on(run.counts["games"]):
        name = PLAYED[tried % len(PLAYED)]
        seats = _SIZES[tried // len(PLAYED) % len(_SIZES)]
        try:
            game = compare(scenario_of(name), seats, f"{run.seed}:{tried}", orders=_ORDERS)
        except NonConformance as leak:
            run.problem(f"{name} with {seats} seats, game {tried} of seed {run.seed}: {leak}")
            break
        tried += 1
        run.counts["tried"] += 1
        if game.twins:  # a game in which nobody had a secret that could differ compares nothing, and does not count
            run.counts["games"] += 1
            run.counts[f"of_{name}"] += 1
            run.counts["twins"] += game.twins
            run.counts["orders"] += game.orders
