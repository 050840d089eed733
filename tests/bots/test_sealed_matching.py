"""The standard policy where matching is sealed: what it bids, posts, ranks and calls for, on given views."""

from __future__ import annotations

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Many, OneOf, Whole, WireForm
from makersphere_bots.policy import Tree, WholeView
from makersphere_bots.standard.investor_values import values_of
from makersphere_bots.standard.sealed_matching import bid_or_rank, call_or_rank
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.events import ChoiceMade
from tests.rules.variants import VARIANTS, variant

PURSE = 200
BID = {"venture": OneOf((1, 2)), "shares": Whole(0, 4000)}


def _venture(number: int, *, stage: int = 1, born: bool = False, sector: str = "health") -> Tree:
    tracks = ([0, 0, 0], [10, 6, 4], [30, 25, 20], [42, 38, 34])[stage]
    return {
        "id": number,
        "sector": sector,
        "difficulty": 7,
        "lead": number,
        "cofounders": [],
        "space": 6,
        "stage": stage,
        "born": born,
        "tracks": tracks,
        "shares": {str(number): 10_000},
        "capital": {},
        "closed": "",
    }


def _table(*ventures: Tree) -> Tree:
    makers = {str(seat): {"skills": [4, 4, 4]} for seat in (1, 2, 3)}
    mine = {"speciality": "technology", "badges": [6], "fee": 0, "shares": 300}
    return {
        "game": {"phase": "matching", "season": 1, "seasons": 4},
        "maker": makers,
        "investor": {"4": mine, "5": mine},
        "space": {"6": {"id": 6, "integration": 0, "resources": 0}},
        "venture": {str(one["id"]): one for one in ventures},
        "sector": {},
        "world": {"effect": "quiet", "lots": [1, 2, 3, 4, 5, 6, 7]},
        "account": {f"investor:{seat}": {"balance": PURSE} for seat in (4, 5)},
    }


def _investor(*ventures: Tree, thesis: tuple[str, ...] = (), **hand: Tree) -> WholeView:
    own = {"hours": 8, "thesis_sectors": list(thesis), "thesis_stage": 1}
    return WholeView(4, "investor", _table(*ventures), {"investor": {"4": own}, **hand})


def _lead(venture: Tree, credits_: int, *, purse: int = 30, **table: Tree) -> WholeView:
    accounts = {"maker:1": {"balance": purse}, "venture:1": {"balance": credits_}}
    hand = {"maker": {"1": {"venture": 1}}, "venture": {"1": {**venture, "lo": 3, "hi": 5}}, "account": accounts}
    return WholeView(1, "maker", {**_table(venture), **table}, hand)


def test_an_investor_bids_what_a_package_is_worth_to_it() -> None:
    """Fewer shares where the thesis adds to the deal; nothing without the money; and only once."""
    legal = {"bid": WireForm(BID)}
    view = _investor(_venture(1), _venture(2, sector="food"), thesis=("food",))
    asks = {args["venture"]: args["shares"] for _, args in bid_or_rank(values_of(view), legal, PURSE)}
    assert set(asks) == {1, 2}
    assert int(str(asks[2])) < int(str(asks[1])) <= 3500
    assert bid_or_rank(values_of(view), legal, 59) == []
    said: Tree = {"4:bid:1": {}, "4:bid:2": {}}
    assert bid_or_rank(values_of(_investor(_venture(1), _venture(2), choice=said)), legal, PURSE) == []


def test_an_investor_offers_hours_where_they_help() -> None:
    """Never for more than a printed package, and not for a product."""
    legal = {"bid_hours": WireForm({"venture": OneOf((1, 2)), "shares": Whole(0, 1000)})}
    moves = bid_or_rank(values_of(_investor(_venture(1), _venture(2, stage=3, born=True))), legal, PURSE)
    assert [args["venture"] for _, args in moves] == [1]
    assert all(int(str(args["shares"])) <= 300 for _, args in moves)


def test_an_investor_posts_and_ranks_what_is_fair_at_its_terms() -> None:
    """As many packages as there is money for; at 0 shares on the table nothing is fair yet."""
    legal = {
        "post_capital": WireForm({"shares": Whole(0, 4000), "packages": Whole(0, 3)}, optional=frozenset({"packages"})),
        "rank_capital": WireForm({"ventures": Many((1, 2), 2)}),
    }
    view = _investor(_venture(1), _venture(2, born=True))
    (post, terms), (rank, listed) = bid_or_rank(values_of(view), legal, PURSE)
    assert (post, rank, listed) == ("post_capital", "rank_capital", {"ventures": [1]})
    assert terms["packages"] == 3
    assert 3000 <= int(str(terms["shares"])) <= 3500
    view.table["capital_terms"] = {"4": {"shares": 0}}
    assert [name for name, _ in bid_or_rank(values_of(view), legal, PURSE)] == ["post_capital"]


def test_an_investor_gives_the_plan_what_it_would_give_by_itself() -> None:
    """A package for each venture that is fair at the plan's terms, as far as the money goes."""
    legal = {"take_part_capital": WireForm({"packages": Whole(0, 3)})}
    for purse, packages in ((PURSE, 2), (100, 1), (-5, 0)):
        moves = bid_or_rank(values_of(_investor(_venture(1), _venture(2))), legal, purse)
        assert moves == [("take_part_capital", {"packages": packages})]


def test_every_investor_says_what_it_gives_the_plan() -> None:
    """Nothing is given unasked: in a whole game each season's money is there because each investor has said so."""
    result = play(variant(*VARIANTS["planners"]), 6, "77", {ANY: policy("standard")}, keep=True)
    events = [event for _, _, found in result.log for event in found]
    said = [event for event in events if isinstance(event, ChoiceMade) and event.command == "take_part_capital"]
    investors = [one for one in said if result.roles[one.seat - 1] == "investor"]
    assert len(investors) == result.seasons * result.roles.count("investor")
    assert not any(one.by_default for one in investors)
    assert any(isinstance(event, DealSigned) and event.deal.source == "capital" for event in events)


def test_a_lead_ranks_who_asks_no_more_than_a_floor_while_it_is_unborn() -> None:
    """The fewest shares first; with 10 credits to keep after both lists."""
    legal = {"rank_capital": WireForm({"investors": Many((4, 5), 2)})}
    terms: Tree = {"4": {"shares": 3400}, "5": {"shares": 3100}}

    def ranked(purse: int = 30, spent: int = 0, *, born: bool = False) -> list[object]:
        venture = _venture(1, born=born)
        view = _lead(venture, 0, purse=purse, capital_terms=terms)
        return [args["investors"] for _, args in call_or_rank(view, legal, venture, spent)]

    assert ranked() == [[5, 4]]
    assert ranked(born=True) == []
    assert (ranked(20), ranked(19), ranked(20, spent=1)) == ([[5, 4]], [], [])
    terms["5"]["shares"] = 3501
    assert ranked() == [[4]]


def test_a_born_venture_calls_for_more_when_it_cannot_pay_its_materials() -> None:
    """Not before, and the reserve is never over the floor of a birth."""
    legal = {"call_auction": WireForm({"kind": OneOf(("any",)), "shares": Whole(0, 4000)})}
    venture = _venture(1, stage=2, born=True)
    assert call_or_rank(_lead(venture, 18), legal, venture) == []
    ((call, terms),) = call_or_rank(_lead(venture, 17), legal, venture)
    assert (call, terms["kind"]) == ("call_auction", "any")
    assert 0 < int(str(terms["shares"])) <= 3500
