"""What the standard policy decides, on tables laid out by hand, and how strong it is against random play."""

from __future__ import annotations

import tomllib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Flag, Many, OneOf, Whole, WireForm
from makersphere_bots.policy import READY, Move, WholeView
from makersphere_bots.standard.printed_values import Printed, fit, materials, needs, printed_of, search_cost
from makersphere_bots.standard.venture_worth import chance_of_product
from makersphere_playtest.games.headless import ANY, Runner, play
from makersphere_rules.ecosystem.formulas import costs, progress
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.engine import seating
from makersphere_rules.modules.policy import TermsAnnounced
from makersphere_rules.scenario import module_tree
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules, scenario, scenario_source
from tests.bots.laid_views import Tree, a_table, a_venture, as_lead, chosen

_GAMES = 24
SHEET = {"credits": Whole(0, 200), "hours": Whole(0, 12), "shares": Whole(0, 4000), "fee": Whole(0, 20)}
_CLEAR = {"lo": 5, "hi": 6, "list_lo": 1, "list_hi": 6}

LATER = {
    **dict.fromkeys((f"set_terms.{term}" for term in ("maker_bar", "investor_bar", "weights", "appraisal_bar")), 2),
    **dict.fromkeys(("send_terms.hours", "send_terms.fee", "plan.day_job", "look", "grant", "post_package", "rank"), 2),
    **dict.fromkeys(("buy_level", "wild_card", "study", "propose_lending", "propose_swap", "workshop", "scout"), 2),
    **dict.fromkeys(("ask_to_join", "set_floor", "put_in", "set_reserve", "forecast"), 2),
}


def _sheet(number: int, by: str, credits_: int, shares: int, hours: int = 0, fee: int = 0) -> Tree:
    terms = {"credits": credits_, "shares": shares, "hours": hours, "fee": fee}
    return {"id": number, "venture": 1, "maker": 1, "investor": 4, "by": by, "status": "open", **terms}


@given(
    born=st.booleans(),
    money=st.integers(0, 500),
    hours=st.integers(0, 12),
    shares=st.integers(0, 4000),
    fee=st.integers(0, 20),
)
def test_a_lead_never_signs_away_more_than_the_floor(born: bool, money: int, hours: int, shares: int, fee: int) -> None:  # noqa: FBT001
    """3,500 shares for 60 credits, or what a printed package costs for its hours: nothing dearer is signed."""
    venture = a_venture(1, 1, born=born, capital={"4": 60} if born else {})
    view = as_lead("matching", venture, sheet={"9": _sheet(9, "investor", money, shares, hours, fee)})
    (name, args), *rest = chosen(view)
    assert rest == [READY]
    assert name == "answer_terms"
    if args["answer"] == "accept":
        assert shares <= 3500
        assert shares * 60 <= 3500 * money + 60 * 75 * hours
        assert fee <= money


@pytest.mark.parametrize(("shares", "ranked"), [(0, True), (300, True), (301, False), (1000, False)])
def test_a_lead_ranks_nobody_who_asks_more_than_a_printed_package(shares: int, ranked: bool) -> None:  # noqa: FBT001
    """300 shares for four hours; dearer terms on the table leave an investor without the lead."""
    view = as_lead("matching", a_venture(1, 1))
    view.table["investor"]["4"]["shares"] = shares
    moves = chosen(view, rank=WireForm({"investors": Many((4,), 1)}))
    assert (("rank", {"investors": [4]}) in moves) is ranked


def test_a_lead_signs_the_cheaper_of_two_sheets_first() -> None:
    """The birth comes from whoever asks fewest shares."""
    sheets = {"8": _sheet(8, "investor", 60, 3400), "9": _sheet(9, "investor", 60, 3000)}
    moves = chosen(as_lead("matching", a_venture(1, 1), sheet=sheets))
    assert moves[0] == ("answer_terms", {"sheet": 9, "answer": "accept"})


def test_a_lead_that_has_signed_says_so_to_the_next() -> None:
    """Of two births it takes the cheaper; whoever asked first of all for too much reads that it was the price."""
    sheets = {"8": _sheet(8, "investor", 60, 3400), "9": _sheet(9, "investor", 60, 3000)}
    answer = WireForm(
        {"sheet": OneOf((8, 9)), "answer": OneOf(("accept", "decline")), "reason": OneOf(("price", "taken"))}
    )
    moves = chosen(as_lead("matching", a_venture(1, 1), sheet=sheets), answer_terms=answer)
    assert moves[1] == ("answer_terms", {"sheet": 8, "answer": "decline", "reason": "taken"})
    dear = {"8": _sheet(8, "investor", 60, 4000)}
    moves = chosen(as_lead("matching", a_venture(1, 1), sheet=dear), answer_terms=answer)
    assert moves[0] == ("answer_terms", {"sheet": 8, "answer": "decline", "reason": "price"})


def test_a_lead_answers_an_exchange_as_long_as_it_can_do_one() -> None:
    """With one exchange a season, the first is accepted and the next declined: what is declined is declined first."""
    proposals = {
        str(number): {"id": number, "what": "exchange", "sender": sender, "receiver": 1, "status": "open"}
        for number, sender in ((5, 2), (6, 3))
    }
    answer = WireForm({"proposal": OneOf((5, 6)), "accept": Flag()})
    moves = chosen(as_lead("exchange", a_venture(1, 1), proposal=proposals), answer=answer)
    assert moves == [
        ("answer", {"proposal": 6, "accept": False}),
        ("answer", {"proposal": 5, "accept": True}),
        READY,
    ]


def _investor(phase: str, venture: Tree, **hand: Tree) -> WholeView:
    mine = {"4": {"hours": 8, "thesis_sectors": ["food"], "thesis_stage": 1}}
    return WholeView(
        4,
        "investor",
        a_table(phase, venture),
        {"investor": mine, "account": {"investor:4": {"balance": 200}}, **hand},
    )


@pytest.mark.parametrize(("held", "bids"), [(1600, True), (1400, False)])
def test_an_investor_asks_for_no_shares_that_a_lead_must_keep(held: int, bids: bool) -> None:  # noqa: FBT001
    """3,000 of 10,000 shares leave a lead that holds 1,600 with 1,120, and one that holds 1,400 with too few."""
    venture = a_venture(1, 1, shares={"1": held, "2": 10_000 - held})
    send = WireForm({"venture": OneOf((1,)), **SHEET})
    names = [
        name
        for name, _ in chosen(_investor("matching", venture, look={"4:1": {**_CLEAR, "venture": 1}}), send_terms=send)
    ]
    assert ("send_terms" in names) is bids


def _in_doubt(*ranges: tuple[int, int], purse: int = 200, **hand: Tree) -> list[Move]:
    """Return what an investor with a stake does in the second season, as it knows two unborn ventures."""
    legal = {
        "look": WireForm({"venture": OneOf((1, 2))}),
        "send_terms": WireForm({"venture": OneOf((1, 2)), **SHEET}),
        "rank": WireForm({"ventures": OneOf((1, 2))}),
    }
    hand["account"] = {"investor:4": {"balance": purse}}
    seen = {
        f"4:{number}": {"venture": number, "lo": lo, "hi": hi, "list_lo": 1, "list_hi": 6, "count": 0}
        for number, (lo, hi) in enumerate(ranges, 1)
    }
    view = _investor("matching", a_venture(1, 1, difficulty=8), look=seen, **hand)
    view.table["venture"] |= {"2": a_venture(2, 2, difficulty=8), "3": a_venture(3, 3, born=True, capital={"4": 60})}
    view.table["game"]["season"] = 2
    view.hand["investor"]["4"]["thesis_sectors"] = []
    return chosen(view, **legal)


def test_an_investor_looks_only_where_that_may_change_its_bid() -> None:
    """What is in doubt is looked at, without `ready`, while what is clear is bid for at once; then the rest is said."""
    *bids, look = _in_doubt((1, 6), (5, 6))
    assert look == ("look", {"venture": 1})
    assert [(name, args["venture"]) for name, args in bids] == [("send_terms", 2)]
    *bids, ranked, last = _in_doubt((4, 6), (5, 6))
    assert {args["venture"] for _, args in bids} == {1, 2}
    assert all(isinstance(args["shares"], int) and 3000 <= args["shares"] <= 3500 for _, args in bids)
    assert (ranked[0], last) == ("rank", READY)
    *bids, ranked, last = _in_doubt((1, 2), (5, 6))  # no look would make a bid of that
    assert [args["venture"] for _, args in bids] == [2]
    assert (ranked[0], last) == ("rank", READY)


def test_no_look_is_paid_for_that_no_bid_can_follow() -> None:
    """What has a sheet is bid for no more, three sheets are all of a season, and money goes to what is clear."""
    sheet = _sheet(9, "maker", 60, 3000)
    assert "look" not in {name for name, _ in _in_doubt((1, 6), (5, 6), sheet={"9": sheet})}
    sent = {str(number): {**_sheet(number, "investor", 60, 3000), "venture": 3} for number in (7, 8, 9)}
    assert {name for name, _ in _in_doubt((1, 6), (5, 6), sheet=sent)} == {"rank", "ready"}
    assert [name for name, _ in _in_doubt((1, 6), (5, 6), purse=90)] == ["send_terms", "rank", "ready"]


@pytest.mark.parametrize(("hours", "scouted"), [(1, []), (2, [1]), (5, [1, 2])])
def test_idle_hours_scout_the_doubtful_first(hours: int, scouted: list[int]) -> None:
    """Two hours a look, as many as there are hours for; the best idea that is clear already comes last."""
    view = _investor("incubation", a_venture(1, 1, difficulty=8), look={"4:2": {**_CLEAR, "venture": 2, "count": 1}})
    view.table["venture"]["2"] = a_venture(2, 2)
    view.hand["investor"]["4"]["hours"] = hours
    moves = chosen(view, scout=WireForm({"venture": OneOf((1, 2))}))
    assert [args["venture"] for name, args in moves if name == "scout"] == scouted


def test_an_investor_listens_to_whom_it_knows_least_of() -> None:
    """Who has no venture yet before one whose range is narrow; of equals the more skilled."""
    view = _investor("admission", a_venture(1, 1), look={"4:1": {**_CLEAR, "venture": 1, "count": 1}})
    view.table["maker"]["1"]["venture"] = 1
    view.table["maker"]["3"]["skills"] = [4, 4, 5]
    for makers, heard in (((1, 2, 3), 3), ((1, 2), 2), ((1,), 1)):
        assert chosen(view, hear_pitch=WireForm({"maker": OneOf(makers)})) == [("hear_pitch", {"maker": heard}), READY]


def test_an_investor_answers_what_it_cannot_pay_with_a_no() -> None:
    """More than its purse holds is declined, never refused by the rules."""
    sheet = {"3": _sheet(3, "maker", 300, 4000)}
    moves = chosen(_investor("matching", a_venture(1, 1), sheet=sheet))
    assert moves[0] == ("answer_terms", {"sheet": 3, "answer": "decline"})


@pytest.mark.parametrize(("credits_", "reason"), [(300, "spent"), (40, "price")])
def test_an_investor_that_declines_says_why_where_it_may(credits_: int, reason: str) -> None:
    """More than its purse is not there; too few shares for what it pays is the price."""
    sheet = {"3": _sheet(3, "maker", credits_, 100)}
    answer = WireForm(
        {"sheet": OneOf((3,)), "answer": OneOf(("accept", "decline")), "reason": OneOf(("price", "spent"))}
    )
    moves = chosen(_investor("matching", a_venture(1, 1), sheet=sheet), answer_terms=answer)
    assert moves[0] == ("answer_terms", {"sheet": 3, "answer": "decline", "reason": reason})


@pytest.mark.parametrize(("lots", "first"), [([1, 2, 3, 4], 8), ([2, 1, 3, 4], 9)])
def test_an_investor_signs_what_brings_most_and_of_equals_by_lot(lots: list[int], first: int) -> None:
    """Of two offers of which it can pay one, the seat number of the lead tells nothing."""
    offers = {"8": _sheet(8, "maker", 120, 4000), "9": {**_sheet(9, "maker", 120, 4000), "venture": 2, "maker": 2}}
    seen = {
        f"4:{number}": {"venture": number, "lo": 6, "hi": 6, "list_lo": 6, "list_hi": 6, "count": 1}
        for number in (1, 2)
    }
    view = _investor("matching", a_venture(1, 1, stage=2), sheet=offers, look=seen)
    view.table["venture"]["2"] = a_venture(2, 2, stage=2)
    view.table["world"]["lots"] = lots
    assert chosen(view)[:2] == [
        ("answer_terms", {"sheet": first, "answer": "accept"}),
        ("answer_terms", {"sheet": 17 - first, "answer": "decline"}),
    ]
    offers["9"]["shares"] = 3900
    assert chosen(view)[0] == ("answer_terms", {"sheet": 8, "answer": "accept"})


def test_printed_values_are_the_rulebooks_unless_the_table_names_others() -> None:
    """Without a table they are the copies; `training` has bars of its own, `classroom` a share for pilots besides."""

    def printed(name: str) -> Printed:
        return printed_of(WholeView(1, "maker", {"module": module_tree(scenario(name))}, {}))

    assert printed_of(WholeView(1, "maker", {}, {})) == Printed()
    assert printed("training") == attrs.evolve(Printed(), pilot_bar=45, product_bar=150)
    assert printed("classroom") == attrs.evolve(
        Printed(),
        pilot_share=30,
        pilot_bar=64,
        product_bar=80,
        bar_makers=5,
        backer_grant=30,
        garage_work=250,
        upkeep_badge=45,
    )


def test_every_printed_value_is_read_from_the_table() -> None:
    """A table on which every parameter is one more than in the rulebook leaves no value as it was."""
    tree = module_tree(scenario("training"))
    more = {
        module: {name: value + 1 if isinstance(value, int) else value for name, value in values.items()}
        for module, values in tree.items()
    }
    found = attrs.asdict(printed_of(WholeView(1, "maker", {"module": more}, {})))
    assert [name for name, value in attrs.asdict(Printed()).items() if found[name] == value] == []


def test_a_lead_that_cannot_pay_materials_takes_the_day_job() -> None:
    """Hours on a venture without materials would be lost."""
    plan = WireForm(
        {"technology": Whole(0, 10), "customers": Whole(0, 10), "business": Whole(0, 10), "day_job": Whole(0, 5)}
    )
    put_in = WireForm({"credits": Whole(0, 3)})
    view = as_lead("incubation", a_venture(1, 1))
    assert chosen(view, plan=plan, put_in=put_in)[0] == (
        "plan",
        {"technology": 0, "customers": 0, "business": 0, "day_job": 5},
    )


def test_a_lead_works_at_the_greatest_need_and_pays_the_materials() -> None:
    """All hours go to the tracks that lack most, and own money covers what the venture lacks."""
    plan = WireForm(
        {"technology": Whole(0, 10), "customers": Whole(0, 10), "business": Whole(0, 10), "day_job": Whole(0, 5)}
    )
    put_in = WireForm({"credits": Whole(0, 100)})
    moves = dict(chosen(as_lead("incubation", a_venture(1, 1, tracks=[10, 19, 14])), plan=plan, put_in=put_in))
    assert moves["put_in"] == {"credits": 10}
    assert moves["plan"] == {"technology": 10, "customers": 0, "business": 0, "day_job": 0}


def test_chances_are_those_of_independent_seasons() -> None:
    """One step of one season; none without seasons; certain for a product (binomial distribution)."""
    assert chance_of_product(3, 7, 0) == 1.0
    assert chance_of_product(2, 7, 0) == 0.0
    assert chance_of_product(2, 7, 1) == pytest.approx(0.62)
    assert chance_of_product(1, 7, 3) == pytest.approx(3 * 0.62**2 * 0.38 + 0.62**3)


def test_printed_formulas_are_those_of_the_rules() -> None:
    """Needs, fit, materials and search cost come out as the rules work them out, all through a game."""
    runner = Runner(scenario("classroom"), 12, "printed", {ANY: policy("standard")}, keep=True)
    runner.play()
    state = runner.state
    table = runner.views.table.current()
    view = WholeView(12, "operator", table, {})
    pairs = 0
    for venture in state.all(Venture).values():
        shown = table["venture"][str(venture.id)]
        assert needs(printed_of(view), shown) == progress.needs(state, venture)
        if venture.closed:
            continue
        assert materials(view, shown) == costs.materials_cost(state, venture)
        for investor in state.all(Investor).values():
            pairs += 1
            assert fit(needs(printed_of(view), shown), investor.speciality) == progress.fit(state, venture, investor)
            assert search_cost(view, shown, investor.seat) == costs.search_cost(state, venture, investor.seat)
    assert pairs


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_standard_beats_random_in_every_role(role: str) -> None:
    """With one seat swapped, the standard policy scores at least a quarter more (a target of the rulebook)."""
    classroom, standard, other = scenario("classroom"), policy("standard"), policy("random")
    seats = [seat for seat, each in enumerate(seating(classroom, 12), 1) if each == role]
    with_standard = with_random = 0
    for game in range(_GAMES):
        seat = seats[game % len(seats)]
        with_standard += play(classroom, 12, f"swap:{game}", {ANY: standard}).scores[seat - 1]
        with_random += play(classroom, 12, f"swap:{game}", {ANY: standard, seat: other}).scores[seat - 1]
    assert with_standard >= 1.25 * with_random


def _announced(name: str, seats: int) -> list[tuple[int, int]]:
    """Return season and rent of all terms that were announced in a game of standard operators."""
    log = play(scenario(name), seats, "rents", {ANY: policy("standard")}, keep=True).log
    found: list[tuple[int, int]] = []
    season = 0
    for _, order, events in log:
        season = order.at.season if order.at else season
        found += [(season, event.rent) for event in events if isinstance(event, TermsAnnounced)]
    return found


def test_operators_undercut_each_other_where_desks_stand_empty() -> None:
    """Beside other spaces an empty desk costs rent from the second season on; an operator alone has no rival."""
    rivals, alone = _announced("rivals", 18), _announced("classroom", 12)

    assert {rent for season, rent in rivals if season == 1} == {20}
    assert min(rent for _, rent in rivals) < 20
    assert {rent for _, rent in alone} == {20}


def test_hours_are_bargained_for_where_nobody_ranks() -> None:
    """In the second run of `mechanisms` packages are asked for and signed by sheet, as printed."""
    log = play(scenario("mechanisms"), 12, "hours", {ANY: policy("standard")}, keep=True).log
    deals = [event.deal for _, _, events in log for event in events if isinstance(event, DealSigned)]
    by_sheet = [deal for deal in deals if deal.hours and deal.source == "sheet"]

    assert len(by_sheet) >= 5
    assert {deal.season for deal in by_sheet} <= {4, 5, 6}
    assert all(deal.hours == 4 for deal in by_sheet)


@pytest.mark.parametrize("name", ["standard", "cautious", "greedy", "shrewd"])
def test_a_game_that_opens_season_by_season_is_played_by_its_forms(name: str) -> None:
    """Nothing is sent before it is introduced, and no field of it; afterwards all is as ever."""
    source = {**tomllib.loads(scenario_source("quickstart")), "introduced": LATER}
    result = play(build(source, modules()), 12, "season by season", {ANY: policy(name)}, keep=True)
    assert result.refusals == ()
    sent: dict[int, set[str]] = {1: set(), 2: set()}
    season = 0
    for actor, order, _ in result.log:
        season = order.at.season if order.at is not None else season
        if actor:
            sent[season] |= {order.name, *(f"{order.name}.{field}" for field in order.args)}
    assert sent[1].isdisjoint(LATER)
    assert {"rank", "buy_level"} <= sent[2]
