"""What is played: the smallest game as a whole, and of the other the start, the end, and each phase by itself.

The table of a phase is laid by hand, with everything on it that its phase may move: Ann's pilot, Bo's prototype that
waits for capital, Chen's product, and Dee's idea in the garage; a fund and a mentor with badges; a space of the first
level in everything. Its dice fall in the middle, and Dee says nothing. A phase begins at this table and not where
another ended, so that a rule moves no more of the text than the phases in which it is played.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import attrs

from makersphere_rules import engine, shipped
from makersphere_rules.bookkeeping import post
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Sector
from makersphere_rules.ecosystem.table.verdicts import Danger
from makersphere_rules.ecosystem.table.vocabulary import IDEA, PILOT, PRODUCT, PROTOTYPE, SECTORS
from makersphere_rules.entity import Entity, changed
from makersphere_rules.ledger import Posting
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State
from tests.rules.table import given, investor, maker, space, venture

__all__ = ["SCENES", "Scene"]

ANN, BO, CHEN, DEE, IVY, MAX, OLGA, EVE, FAY, ZED = range(1, 11)
A, B, C, D = range(1, 5)
_SEASON: Final = 3
_PAR: Final = {  # 20 points from one percentile to the next, and more for the best
    role: {"6": [*range(median - 140, median + 160, 20)]}
    for role, median in (
        *(("maker", 100), ("investor", 220), ("operator", 300)),
        *(("best_maker", 200), ("best_investor", 300), ("best_operator", 300)),
    )
}
_EARNED: Final = (  # what moved in the last season, for the figures
    Posting("consumers", "venture:3", 120, "sales"),
    Posting("venture:3", "suppliers", 36, "goods"),
    Posting("venture:3", f"maker:{CHEN}", 8, "wage"),
    Posting("venture:3", f"operator:{OLGA}", 12, "rent"),
    Posting("venture:3", "government", 6, "tax"),
    Posting("venture:3", f"maker:{CHEN}", 23, "dividend"),
    Posting("venture:3", f"investor:{MAX}", 35, "dividend"),
    Posting(f"maker:{BO}", "suppliers", 8, "search"),
    Posting(f"operator:{OLGA}", "suppliers", 40, "upkeep"),
)
_DEMAND: Final = 400
_CREDITS: Final = {
    **{f"maker:{seat}": 30 for seat in (ANN, BO, CHEN, DEE)},
    **{f"investor:{seat}": 150 for seat in (IVY, MAX)},
    **{f"venture:{number}": 60 for number in (A, C)},
    f"operator:{OLGA}": 80,
}
_OF_ZED: Final = {f"investor:{ZED}": 20}


def _table() -> tuple[Entity, ...]:
    return (
        changed(maker(ANN, (7, 4, 4), background="scientist", spirit=7), ambition="control"),
        changed(maker(BO, (4, 6, 5), background="entrepreneur", spirit=6), ambition="wealth"),
        changed(maker(CHEN, (4, 4, 6), background="senior_manager", ties=(ANN,)), ambition="wealth"),
        changed(maker(DEE, (3, 6, 4), background="student"), ambition="craft"),
        investor(
            IVY, "fund", "business", badges=(OLGA,), hours=12, thesis_sectors=("health", "energy"), thesis_stage=1
        ),
        investor(MAX, "mentor", "any", badges=(OLGA,), hours=12, fee=2, shares=150),
        changed(
            space(OLGA, community=1, resources=1, integration=1, stations=4),
            vitality=40,
            vitalities=(35, 40),
            commons=12,
            investor_bar=60,
        ),
        *_ventures(),
        *(Sector(name, _DEMAND, _DEMAND) for name in SECTORS),
    )


def _ventures() -> tuple[Entity, ...]:
    return (
        changed(
            venture(
                A,
                ANN,
                space=OLGA,
                stage=PILOT,
                born=True,
                tracks=(41, 38, 34),
                difficulty=4,  # so that a middling roll is enough
                appeal=4,
                shares={ANN: 7000, IVY: 3000},
                capital={IVY: 60},
            ),
            sales=28,
        ),
        venture(B, BO, space=OLGA, stage=PROTOTYPE, tracks=(10, 17, 12), sector="energy", appeal=5),
        changed(
            venture(
                C,
                CHEN,
                space=OLGA,
                stage=PRODUCT,
                born=True,
                tracks=(50, 45, 40),
                shares={CHEN: 4000, MAX: 6000},
                capital={MAX: 80},
            ),
            sales=100,
        ),
        venture(D, DEE, stage=IDEA, sector="food"),
    )


_SERVED: Final = (  # what was agreed this season, for the phases after matching
    Deal(11, _SEASON, IVY, A, ANN, hours=4, shares=300, fee=3, source="package"),
    Deal(12, _SEASON, MAX, B, BO, hours=4, shares=150, fee=2, source="package"),
    Deal(13, _SEASON, IVY, B, BO, credits=60, shares=3000, source="sheet"),
)
_DELIVERED: Final = tuple(changed(deal, delivered=deal.hours, fee_due=deal.fee) for deal in _SERVED)

_IN_DANGER: Final = (  # what the operator has been told: whom its wild card can spare
    *_DELIVERED,
    Danger(B, (BO, OLGA), OLGA, _SEASON, 0, seasons_left=0, reason="unfunded"),
)


_NEWCOMERS: Final = (  # who wants to enter: Eve a team, Fay with an idea of her own, Zed for a badge
    maker(EVE, (5, 5, 5)),
    maker(FAY, (5, 5, 5)),
    investor(ZED),
    *(
        Idea(f"card-{seat}-{number}", seat, number, sector, 6, 3, 5, 4)
        for seat in (EVE, FAY)
        for number, sector in enumerate(("city", "culture"), 1)
    ),
    Deck("ideas", tuple(f"card-{seat}-{number}" for seat in (EVE, FAY) for number in (1, 2))),
)


def _laid(phase: str, modules: Sequence[str], more: Sequence[Entity] = ()) -> State:
    """Return the table in a phase that some modules play, with more on it."""
    found = [shipped.modules()[name] for name in modules]
    credits_ = _CREDITS | (_OF_ZED if more is _NEWCOMERS else {})
    return given(*_table(), *more, modules=found, phase=phase, season=_SEASON, credits=credits_).state


def _at_the_end() -> State:
    """Return the table in the last season, when all is done but to count it."""
    phases = [{"name": "before", "modules": []}, {"name": "recap", "modules": ["recap"]}]
    source = {"name": "end", "seasons": _SEASON, "modules": ["world", "par"], "phase": phases, "par": _PAR}
    scenario = build(source, shipped.modules())
    state = given(
        *_table(),
        *_DELIVERED,
        phase="before",
        season=_SEASON,
        seasons=_SEASON,
        credits=_CREDITS,
        scenario=scenario,
    ).state
    post(state, _EARNED)
    state.settle()
    state.forget_changes()
    return state


def _new(scenario: str, seats: int) -> State:
    """Return a game in its lobby."""
    dice = SeededDice(hashlib.sha256(f"playthrough:{scenario}".encode()).digest())
    return engine.new(shipped.scenario(scenario), dice, seats)


@attrs.frozen
class Scene:
    """What a playthrough plays.

    Attributes:
        about: in a few words.
        lay: returns the game in which it begins: in its lobby, or at a table that was laid by hand.
        phases: how many phases are played from there.
        silent: the seats that say nothing, so that the close does for them what it does for whoever is silent.
    """

    about: str
    lay: Callable[[], State]
    phases: int = 1
    silent: frozenset[int] = frozenset()


def _phase(about: str, phase: str, modules: Sequence[str], more: Sequence[Entity] = (), silent: int = DEE) -> Scene:
    return Scene(about, partial(_laid, phase, modules, more), silent=frozenset((silent,)))


SCENES: Final[Mapping[str, Scene]] = {
    "counter": Scene("the smallest game, from its start to its end", partial(_new, "counter", 3)),
    "opening": Scene("the quickstart from its start until the first doors open", partial(_new, "quickstart", 6)),
    "admission": _phase("who enters", "admission", ("admission",), _NEWCOMERS, silent=BO),
    "exchange": _phase("what makers, investors and operators share", "exchange", ("exchange",)),
    "negotiation": _phase("capital by term sheets", "matching", ("negotiation",)),
    "clearinghouse": _phase("hours by lists", "matching", ("clearinghouse",)),
    "sealed_lists": _phase("capital by lists", "matching", ("clearinghouse_capital",)),
    "sealed_bids": _phase("capital and hours by bids", "matching", ("auction", "auction_hours")),
    "planners": _phase("capital and hours by plan", "matching", ("planner_capital", "planner")),
    "incubation": _phase("work and the roll", "incubation", ("incubation",), _SERVED),
    "waterfall": _phase("sales, paid out step by step", "market", ("market", "waterfall"), _DELIVERED),
    "pro_rata": _phase("sales, paid out in proportion", "market", ("market", "pro_rata"), _DELIVERED),
    "threshold": _phase("ratings, and exit under a bar", "appraisal", ("appraisal", "threshold"), _IN_DANGER),
    "bottom_share": _phase("ratings, and exit by rank", "appraisal", ("appraisal", "bottom_share"), _DELIVERED),
    "none": _phase("ratings, and no exit but by debt", "appraisal", ("appraisal", "none"), _DELIVERED),
    "end": Scene("the last season counted, the scores and the debrief", _at_the_end, 2),
}
