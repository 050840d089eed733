"""The rulebook's "A season in numbers" from its printed start: all seven phases of `seminar`, played by commands.

Parameters are those that the rulebook prints; some are tuned in the shipped file. Scripted are the dice and what the
example leaves open: which cards are turned and drawn, and the ratings that it names. Everything else follows.
`test_season_in_numbers.py` looks at each later step more closely.
"""

from __future__ import annotations

import tomllib
from typing import Final

import attrs

from makersphere_rules import engine, shipped
from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import Stocks
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Sector, Space, Venture, World
from makersphere_rules.ecosystem.table.vocabulary import SECTORS
from makersphere_rules.entity import Entity
from makersphere_rules.forms import Args
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import Game, Seat, State
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C
from tests.rules.table import ScriptedDice, Table, investor, maker, space, venture

SEASON: Final = 3
ROLES: Final = {ANN: "maker", BO: "maker", CHEN: "maker", IVY: "investor", MAX: "investor", OLGA: "operator"}
START: Final = [30, 31, 44, 150, 95, 70, 58, 0, 0]
BACKED: Final = 20  # what Ivy is paid for the birth of B
END: Final = [74, 27, 18, 93 + BACKED, 103, 73, 64, 33, 0]
BASE: Final = 264  # 88 x 3 makers
KEPT: Final = "rice-robot"  # food, difficulty 7, as the card that Chen keeps
QUIET: Final = next(card for card in printed_decks.names("policies") if printed_decks.policy(card).effect == "quiet")
ELSEWHERE: Final = next(
    card
    for card in printed_decks.names("markets")
    if "health" not in (printed_decks.market(card).up, printed_decks.market(card).down)
)
DICE: Final[dict[tuple[str, int | str, int], int]] = {
    **{("lots", 0, last): last + 1 for last in range(1, 6)},  # nobody changes places: lots in the order named
    ("demand", "health", 0): 2,  # k = -1: 264 - 14 = 250
    ("appeal", KEPT, 0): 5,
    ("pitch_look", C, 0): 1,  # noise -1: Harbour sees 3 to 5
    ("roll", A, 0): 5,
    ("roll", A, 1): 3,
    ("roll", B, 0): 3,
    ("roll", B, 1): 1,
    ("roll", C, 0): 6,
    ("roll", C, 1): 1,
}


def _as_printed(name: str) -> Scenario:
    """Return a shipped scenario whose modules have the values of the example."""
    source, modules = tomllib.loads(shipped.scenario_source(name)), shipped.modules()
    kept = {key: value for key, value in source.items() if key not in modules or key == "par"}
    return build({**kept, "incubation": {"workshop_venture": 10}}, modules)  # the example gives one venture ten hours


def printed() -> list[Entity]:
    """Return Harbour as the example prints it, at the end of season 2."""
    a = venture(A, ANN, space=OLGA, stage=2, born=True, tracks=(41, 30, 27), appeal=4, shares={ANN: 7000, IVY: 3000})
    b = venture(B, BO, space=OLGA, stage=1, tracks=(18, 16, 10), sector="energy")
    return [
        maker(ANN, (7, 4, 4), spirit=6, background="scientist", venture=A),
        maker(BO, (4, 6, 5), spirit=6, venture=B),
        maker(CHEN, (4, 4, 5), spirit=5, background="senior_manager"),
        investor(IVY, "fund", "business", badges=(OLGA,), hours=12),
        investor(MAX, "professional", "technology", badges=(OLGA,), hours=8, fee=7, shares=0),
        space(OLGA, community=1, resources=1, integration=1, stations=3),
        attrs.evolve(a, capital={IVY: 60}),
        attrs.evolve(b, founded=SEASON - 1),
        Pair(ANN, IVY, trust=True),
        World(tax=10, lots=tuple(ROLES)),
        *(Sector(name, BASE, BASE) for name in SECTORS),
        Deck("policies", (QUIET,)),
        Deck("markets", (ELSEWHERE,)),
        Deck("ideas", (KEPT, *(card for card in printed_decks.names("ideas") if card != KEPT))),
        Stocks(SEASON - 1, {}, {"founding": 41 + 30 + 27 + 18 + 16 + 10}),
    ]


def start() -> Table:
    """Lay the printed state and open season 3."""
    state = State(_as_printed("seminar"), ScriptedDice(DICE))
    recap = len(state.scenario.phases) - 1
    state.put(Game("seminar", state.scenario.seasons, "running", SEASON - 1, "recap", recap))
    for seat, role in ROLES.items():
        state.put(Seat(seat, role))
        state.put(Account(f"{role}:{seat}", seat))
    for seat in (IVY, MAX):
        state.put(Account(f"escrow:{seat}", seat))
    for entity in printed():
        state.put(entity)
    for number, lead in ((A, ANN), (B, BO)):
        state.put(Account(f"venture:{number}", lead))
    names = [f"{role}:{seat}" for seat, role in ROLES.items()] + [f"venture:{number}" for number in (A, B, C)]
    post(state, [Posting("government", name, amount, "endowment") for name, amount in zip(names, START, strict=True)])
    state.settle()
    return Table(state).close()


def balances(table: Table) -> list[int]:
    """Return the balances in the order of the example's columns."""
    names = [f"{role}:{seat}" for seat, role in ROLES.items()] + [f"venture:{number}" for number in (A, B, C)]
    return [table.balance(name) for name in names]


def admitted() -> Table:
    """Play steps 1 and 2: Olga buys resources 2; Chen keeps a card and pitches."""
    table = start().when(OLGA, "buy_level", path="resources").close()
    assert table.state.game.phase == "admission"
    (card,) = (idea.number for idea in table.found(Idea) if idea.card == KEPT)
    return table.when(CHEN, "keep_idea", card=card).when(CHEN, "pitch", space=OLGA).close()


def exchanged() -> Table:
    """Play step 3: three exchanges' worth of teaching, two clinics, two introductions."""
    table = admitted()
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="network").when(
        BO, "answer", proposal=1, accept=True
    )
    table.when(BO, "propose_exchange", maker=CHEN, teach="network", learn="none").when(
        CHEN, "answer", proposal=2, accept=True
    )
    table.when(MAX, "clinic", maker=BO).when(IVY, "clinic", maker=CHEN)
    table.when(OLGA, "introduce", maker=BO, investor=IVY).when(OLGA, "introduce", maker=CHEN, investor=MAX)
    return table.close()


def matched() -> Table:
    """Play step 4: one look, one sheet, and the lists."""
    table = exchanged()
    table.when(IVY, "look", venture=B).when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="accept")
    table.when(ANN, "rank", investors=[IVY]).when(BO, "rank", investors=[MAX, IVY]).when(
        CHEN, "rank", investors=[MAX, IVY]
    )
    table.when(IVY, "rank", ventures=[A, B, C]).when(MAX, "rank", ventures=[B, C])
    return table.close()


def incubated() -> Table:
    """Play step 5: the plans of the example, and the workshop for A's customers."""
    table = matched()
    table.when(ANN, "plan", technology=1, customers=4, business=0, day_job=4)
    table.when(BO, "plan", technology=0, customers=8, business=0, day_job=0)
    table.when(CHEN, "plan", technology=5, customers=4, business=0, day_job=0).when(CHEN, "put_in", credits=10)
    return table.when(OLGA, "workshop", venture=A, track="customers", hours=10).close()


def ended() -> Table:
    """Play steps 6 and 7: the market by default, and the ratings of the example."""
    table = incubated().close()
    for rater, rated, score in [(ANN, IVY, 5), (CHEN, IVY, 5), (BO, IVY, 4), (BO, MAX, 4), (CHEN, MAX, 4)]:
        table.act(rater, "rate", {"seat": rated, "score": score})
    return table.close()


def test_policy_moves_demand_and_buys_a_level() -> None:
    """Demand in health is 250, the card is quiet, tax 10 %; resources 2 cost 60."""
    table = start()
    assert table.one(Sector, "health").demand == 250
    assert (table.one(World).effect, table.one(World).tax) == ("quiet", 10)
    assert table.one(World).lots == tuple(ROLES)
    table.when(OLGA, "buy_level", path="resources").close()
    assert balances(table) == [30, 31, 44, 150, 95, 10, 58, 0, 0]


def test_admission_takes_in_chen_at_46() -> None:
    """Score 46, of three desks two are used: at a bar of 46 he is in, at 47 he is not; badges cost 6 each."""
    table = admitted()
    assert table.one(Venture, C).space == OLGA
    assert (table.one(Venture, C).sector, table.one(Venture, C).appeal) == ("food", 5)
    assert balances(table) == [30, 31, 44, 144, 89, 22, 58, 0, 0]
    for bar, place in ((46, OLGA), (47, 0)):
        table = start()
        terms: Args = {"rent": 12, "maker_bar": bar, "investor_bar": 45, "weights": [3, 3, 2, 2], "appraisal_bar": 34}
        table.act(OLGA, "set_terms", terms).close()
        (card,) = (idea.number for idea in table.found(Idea) if idea.card == KEPT)
        table.when(CHEN, "keep_idea", card=card).when(CHEN, "pitch", space=OLGA).close()
        assert table.one(Venture, C).space == place


def test_exchange_teaches_feeds_spirit_and_lets_it_fade() -> None:
    """Skills, know-how 21, 33 and 3, spirit 6, 7, 5, bonus 1."""
    table = exchanged()
    assert [table.one(Maker, seat).skills for seat in (ANN, BO, CHEN)] == [(7, 5, 4), (6, 6, 5), (4, 5, 6)]
    assert [found.tracks for found in table.found(Venture)] == [(41, 33, 27), (21, 16, 10), (0, 3, 0)]
    assert [table.one(Maker, seat).spirit for seat in (ANN, BO, CHEN)] == [6, 7, 5]
    assert table.one(Space, OLGA).spirit_bonus == 1


def test_matching_signs_the_printed_deals() -> None:
    """B is born; A-Ivy, B-Max, C-Max, then B-Ivy and C-Ivy; Ivy gives 4, 4, 3 hours, Max 4 and 3."""
    table = matched()
    assert balances(table) == [26, 27, 40, 78 + BACKED, 89, 32, 58, 60, 0]
    packages = {
        (deal.venture, deal.investor): (deal.hours, deal.shares, deal.fee) for deal in table.found(Deal) if deal.hours
    }
    assert packages == {
        (A, IVY): (4, 300, 0),
        (B, MAX): (4, 0, 7),
        (C, MAX): (3, 0, 7),
        (B, IVY): (4, 300, 0),
        (C, IVY): (3, 300, 0),
    }
    shares = [dict(table.one(Venture, number).shares) for number in (A, B, C)]
    assert shares == [{ANN: 6790, IVY: 3210}, {BO: 6790, IVY: 3210}, {CHEN: 9700, IVY: 300}]
    assert table.one(Venture, B).born
    assert table.one(Maker, BO).spirit == 8


def test_the_season_ends_as_printed() -> None:
    """Every balance of the row "end", the sum 485 and Ivy's 20, the world's books, stages, appraisals and indices."""
    opened, table = start(), ended()
    assert balances(opened) == START
    assert balances(table) == END
    assert (sum(START), sum(END)) == (478, 485 + BACKED)
    world = [table.balance(name) - opened.balance(name) for name in ("consumers", "government", "suppliers")]
    assert world == [-141, -43 - BACKED, 177]
    assert [(found.stage, found.tracks, found.misses) for found in table.found(Venture)] == [
        (3, (42, 59, 37), 0),
        (1, (31, 28, 20), 2),
        (1, (15, 9, 8), 0),
    ]
    assert [table.one(Investor, seat).appraisals for seat in (IVY, MAX)] == [(98,), (78,)]
    board = table.one(Space, OLGA)
    assert (board.community_index, board.resources_index, board.integration_index) == (59, 82, 83)
    assert board.vitality == 73
    assert engine.invariants(table.state) == []
