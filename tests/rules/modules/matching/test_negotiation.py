"""Negotiation: looks, term sheets, escrow, signatures, births, grants."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules import engine
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.ecosystem.shared_steps.grant import Grant
from makersphere_rules.ecosystem.table.agreements import Deal, Look, Pair, Sheet
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Venture, World
from makersphere_rules.entity import Entity
from makersphere_rules.modules.negotiation import Negotiation
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import Seat
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, investor, maker, space, venture


def harbour(*more: Entity, credits: dict[str, int] | None = None) -> Table:  # noqa: A002  (the game's word)
    """Return the matching phase of the rulebook's "A season in numbers", with negotiation alone."""
    return before_matching(*more, modules=[Negotiation()], credits=credits)


# -- a season in numbers


def test_a_season_in_numbers() -> None:
    """Step 4: a look for 2, a sheet for 4, 60 credits for 3,000 shares; B is born: Olga 10, Ivy 20, spirit 8."""
    table = harbour().when(IVY, "look", venture=B)
    assert table.balance("investor:4") == 142
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000).then("terms_sent")
    assert (table.balance("investor:4"), table.balance("escrow:4")) == (78, 60)
    table.when(BO, "answer_terms", sheet=1, answer="accept").then("deal_signed")
    assert table.one(Venture, B).shares == {BO: 7000, IVY: 3000}
    assert table.one(Venture, B).born
    assert table.one(Venture, B).capital == {IVY: 60}
    assert table.one(Maker, BO).spirit == 8
    assert (table.balance("investor:4"), table.balance("escrow:4"), table.balance("venture:2")) == (78, 0, 60)
    assert table.balance("operator:6") == 22  # it would tell Olga of a deal between two others
    table.close()
    assert (table.balance("operator:6"), table.balance("investor:4")) == (22 + 10, 78 + 20)
    assert [line.text for line in table.told()][:2] == ["deal", "venture_born"]


def test_a_deal_for_hours_alone_moves_no_credits() -> None:
    """Neither from escrow nor as capital: what is not paid is no posting."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=0, hours=4, shares=300)
    table.when(BO, "answer_terms", sheet=1, answer="accept").then("deal_signed")
    (signed,) = [event for event in table.events if isinstance(event, DealSigned)]
    assert (signed.deal.hours, signed.postings) == (4, ())


# -- looks


def test_a_look_narrows_the_payers_range_alone() -> None:
    """W = 1 at integration 1; a second look is one sharper and shows the appeal; then nothing is hidden."""
    table = harbour().when(MAX, "look", venture=A).then("looked")
    assert (table.one(Look, "5:1").lo, table.one(Look, "5:1").hi) == (3, 5)
    assert table.told(IVY) == []
    table.when(MAX, "look", venture=A)
    assert (table.one(Look, "5:1").lo, table.one(Look, "5:1").hi) == (4, 4)
    table.when(MAX, "look", venture=A).refused("bad_args", "venture")


def test_a_look_is_paid_each_time() -> None:
    """(search cost of the pair + 2) div 3: 8 without an introduction, so 3; 20 in the garage, so 7."""
    table = harbour().when(MAX, "look", venture=A).when(MAX, "look", venture=A)
    assert table.balance("investor:5") == 89 - 6
    table = harbour(attrs.evolve(investor(MAX), badges=())).when(MAX, "look", venture=A)
    assert table.balance("investor:5") == 89 - 7


def test_a_look_that_cannot_be_paid_is_refused() -> None:
    """Nothing is drawn and nothing changes."""
    table = harbour(credits={"investor:5": 2})
    table.when(MAX, "look", venture=A).refused("cannot_afford", "venture")
    table.when(MAX, "look", venture=B).then("looked")


# -- sending


@pytest.mark.parametrize(
    ("terms", "code", "field", "text"),
    [
        ({"credits": 19, "hours": 2}, "rule", "credits", "min_deal"),
        ({"credits": 20, "fee": 3}, "rule", "fee", "fee_needs_hours"),
        ({"credits": 145}, "bad_args", "credits", None),
        ({"hours": 12}, "bad_args", "hours", None),
        ({"credits": 141}, "cannot_afford", "credits", "cannot_afford.credits"),
        ({"credits": 20, "shares": 4001}, "bad_args", "shares", None),
        ({"credits": 20, "shares": 1501}, "rule", "shares", "too_many_shares"),
        ({"hours": 4, "shares": 601}, "rule", "shares", "too_many_shares"),
        ({"hours": 4, "shares": 501, "fee": 2}, "rule", "shares", "too_many_shares"),
        ({"credits": 20, "hours": 4, "shares": 2101}, "rule", "shares", "too_many_shares"),
        ({"hours": 4, "shares": 99}, "rule", "shares", "too_few_shares"),
        ({"hours": 4, "shares": 49, "fee": 1}, "rule", "shares", "too_few_shares"),
    ],
)
def test_terms_have_bounds(terms: dict[str, int], code: str, field: str, text: str | None) -> None:
    """At least 20 credits or 3 hours, a fee for hours alone, no more than one has after the search, and a price.

    A credit buys at most 75 shares, an hour at most 150 and at least 25, where a credit of fee counts as 50.
    """
    harbour().act(IVY, "send_terms", {"venture": B, **terms}).refused(code, field, text)


@pytest.mark.parametrize(
    "terms",
    [
        {"credits": 20},
        {"hours": 3, "fee": 9},
        {"hours": 4, "shares": 500, "fee": 2},
        {"credits": 140},
        {"credits": 20, "hours": 4, "shares": 2100},
        {"hours": 4, "shares": 100},
        {"hours": 4, "shares": 50, "fee": 1},
    ],
)
def test_the_smallest_and_the_largest_deal(terms: dict[str, int]) -> None:
    """The bounds themselves are allowed; what is left out counts as nothing."""
    harbour().act(IVY, "send_terms", {"venture": B, **terms}).then("terms_sent")


def test_who_approaches_first_pays_the_search_once_a_season() -> None:
    """Later sheets and counters of the pair are free for both sides, whoever sends them."""
    table = harbour()
    table.when(BO, "send_terms", investor=IVY, credits=100, shares=2000)
    assert table.balance("maker:2") == 31 - 4
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "send_terms", investor=IVY, credits=80, shares=2500)
    assert (table.balance("maker:2"), table.balance("investor:4")) == (27, 144)
    assert table.one(Pair, f"{BO}:{IVY}").searched == 3


def test_a_maker_who_cannot_pay_the_search_does_not_send() -> None:
    """The search is paid from the sender's own credits: 8 for a stranger."""
    table = harbour(credits={"maker:1": 7})
    table.when(ANN, "send_terms", investor=MAX, credits=100).refused("cannot_afford", "investor")
    table.when(ANN, "send_terms", investor=IVY, credits=100).then("terms_sent")


def test_the_garage_searches_at_the_printed_price() -> None:
    """10 for a venture in the garage: its door is open to all, and no operator brings people together there."""
    table = harbour(venture(C, CHEN), Pair(CHEN, IVY))
    table.when(CHEN, "send_terms", investor=IVY, credits=60, shares=3000)
    assert table.balance("maker:3") == 44 - 10


def test_hours_of_an_open_sheet_are_set_aside() -> None:
    """They are not there for the next sheet, and come back with a withdrawal."""
    table = harbour()
    table.when(IVY, "send_terms", venture=A, hours=8, fee=7)
    assert table.one(Investor, IVY).hours == 3
    table.when(IVY, "send_terms", venture=B, hours=9, fee=8).refused("cannot_afford", "hours")
    table.when(IVY, "answer_terms", sheet=1, answer="withdraw").then("terms_refused")
    assert table.one(Investor, IVY).hours == 11
    assert table.one(Sheet, 1).status == "withdrawn"


def test_a_counter_replaces_and_frees() -> None:
    """One sheet a pair, with a new number, and the stake of the old one goes back first."""
    table = harbour()
    table.when(IVY, "send_terms", venture=B, credits=140, shares=3000)
    table.when(IVY, "send_terms", venture=B, credits=138, shares=2900)
    assert (table.balance("investor:4"), table.balance("escrow:4")) == (2, 138)
    table.when(BO, "send_terms", investor=IVY, credits=100, shares=2000)
    assert (table.balance("investor:4"), table.balance("escrow:4")) == (140, 0)
    assert table.found(Sheet) == [table.one(Sheet, 3)]
    assert table.one(Sheet, 3).number == 3
    table.when(BO, "answer_terms", sheet=2, answer="accept").refused("bad_args", "sheet")


def test_a_sheet_takes_back_ready() -> None:
    """Who has to answer is not done any more; on the table it is, or everybody would know of the sheet."""
    table = harbour(Seat(BO, "maker", ready=True))
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000).then("terms_sent", "ready_set")
    assert table.one(Seat, BO) == Seat(BO, "maker", ready=True, asked=True)
    assert table_of(table.state)["seat"][str(BO)] == {"id": BO, "role": "maker", "ready": True}
    assert not engine.all_ready(table.state)


def test_only_a_lead_negotiates() -> None:
    """A co-founder and a maker without a venture have nothing to send and no floor."""
    table = harbour(venture(B, BO, space=OLGA, cofounders=(7,)), maker(7), maker(8))
    for command in ("send_terms", "set_floor"):
        table.when(7, command).refused("rule", None, "lead_only")
        table.when(8, command).refused("rule", None, "no_venture")


def test_a_lead_keeps_a_tenth() -> None:
    """An investor is bound by what the table shows, a lead by its own hand."""
    table = harbour(venture(B, BO, space=OLGA, shares={BO: 1600, CHEN: 8400}))
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3800).refused("rule", "shares", "lead_keeps")
    table.when(BO, "send_terms", investor=IVY, credits=60, shares=3751).refused("bad_args", "shares")
    table.when(BO, "send_terms", investor=IVY, credits=60, shares=3750).then("terms_sent")


def test_sheets_are_seen_by_their_two_sides_alone() -> None:
    """Nothing on the table and no line for a third seat before the close, birth and grant included."""
    table = harbour()
    before = table.public()
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    assert table.told(MAX) == []
    table.when(BO, "answer_terms", sheet=1, answer="accept")
    assert table.told(MAX) == []
    table.when(OLGA, "grant", venture=A, credits=5)
    assert table.told(MAX) == []
    assert table.public() == before


# -- answering


def test_answers_belong_to_one_side_each() -> None:
    """The sender withdraws, the receiver accepts or declines."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(IVY, "answer_terms", sheet=1, answer="accept").refused("rule", "answer", "own_proposal")
    table.when(IVY, "answer_terms", sheet=1, answer="decline").refused("rule", "answer", "own_proposal")
    table.when(BO, "answer_terms", sheet=1, answer="withdraw").refused("rule", "answer", "withdraw_own_only")
    table.when(ANN, "answer_terms", sheet=1, answer="accept").refused("rule", None, "not_open")


def test_a_decline_frees_and_is_a_lost_bid() -> None:
    """Once per pair, whatever comes after it."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=60, hours=4, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="decline").then("terms_refused")
    assert (table.balance("escrow:4"), table.one(Investor, IVY).hours) == (0, 11)
    assert table.one(Pair, f"{BO}:{IVY}").lost == 3
    table.when(IVY, "send_terms", venture=B, credits=60, shares=2000)
    table.when(BO, "answer_terms", sheet=2, answer="accept").close()
    assert table.one(Pair, f"{BO}:{IVY}").lost == 3


def test_a_no_may_say_why_and_the_asker_reads_it() -> None:
    """One of a short list, or nothing; it is told to the two sides alone and changes nothing else."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=60, hours=4, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="decline", reason="tired").refused("bad_args", "reason")
    table.when(BO, "answer_terms", sheet=1, answer="decline", reason="price")
    declined = {"maker": BO, "investor": IVY, "reason": "price"}
    assert [line.values for line in table.told(IVY)] == [declined]
    assert table.told(ANN) == []
    silent = harbour().when(IVY, "send_terms", venture=B, credits=60, hours=4, shares=3000)
    silent.when(BO, "answer_terms", sheet=1, answer="decline")
    assert silent.one(Sheet, 1) == table.one(Sheet, 1)


def test_an_investor_signs_a_makers_sheet_with_what_it_has_then() -> None:
    """Credits and hours are checked at the signature, and the sheet stays open if they are not there."""
    table = harbour()
    table.when(BO, "send_terms", investor=IVY, credits=150, hours=4, shares=2000)
    table.when(IVY, "answer_terms", sheet=1, answer="accept").refused("cannot_afford", "sheet")
    table.when(BO, "send_terms", investor=IVY, credits=100, hours=12, shares=2000)
    table.when(IVY, "answer_terms", sheet=2, answer="accept").refused("cannot_afford", "sheet")
    table.when(BO, "send_terms", investor=IVY, credits=100, hours=4, shares=2000, fee=3)
    table.when(IVY, "answer_terms", sheet=3, answer="accept").then("deal_signed")
    assert table.balance("investor:4") == 44
    assert table.one(Investor, IVY).hours == 7
    signed = table.one(Deal, 1)
    assert signed == Deal(signed.id, 3, IVY, B, BO, 100, 4, 2000, 3, "sheet")


def test_a_signature_withdraws_what_the_lead_cannot_keep_any_more() -> None:
    """So an investor's yes never fails for what it cannot see; a sheet sent to the lead stays and is not signed."""
    table = harbour(venture(B, BO, space=OLGA, shares={BO: 2000, CHEN: 8000}))
    table.when(BO, "send_terms", investor=MAX, credits=60, shares=4000)
    table.when(IVY, "send_terms", venture=B, credits=60, shares=4000)
    table.when(MAX, "send_terms", venture=C, credits=60, shares=10)
    table.when(IVY, "answer_terms", sheet=2, answer="withdraw")
    table.when(BO, "send_terms", investor=IVY, credits=60, shares=4000)
    table.when(IVY, "answer_terms", sheet=4, answer="accept").then("deal_signed")
    assert [(sheet.investor, sheet.number, sheet.status) for sheet in table.found(Sheet)] == [
        (MAX, 1, "withdrawn"),
        (MAX, 1, "open"),
        (IVY, 2, "signed"),
    ]
    table.when(MAX, "send_terms", venture=B, credits=24, shares=1800).then("terms_sent")
    table.when(BO, "answer_terms", sheet=5, answer="accept").refused("rule", "sheet", "lead_keeps")


def test_follow_on_rounds_dilute_all_alike() -> None:
    """3,000 of 10,000 after the deal, then 1,000 more: early investors are diluted too."""
    table = harbour()
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "answer_terms", sheet=1, answer="accept")
    table.when(MAX, "send_terms", venture=B, credits=30, shares=1000)
    table.when(BO, "answer_terms", sheet=2, answer="accept")
    assert table.one(Venture, B).shares == {BO: 6300, IVY: 2700, MAX: 1000}


# -- thesis


@pytest.mark.parametrize(("stage", "points"), [(1, 12), (2, 6)])
def test_thesis_points_come_with_the_seasons_first_deal(stage: int, points: int) -> None:
    """6 in its sectors, 6 more at its stage; a second deal of the season adds nothing."""
    ivy = investor(IVY, "fund", badges=(OLGA,), thesis_sectors=("energy", "food"), thesis_stage=stage)
    table = harbour(ivy)
    for number, target in enumerate((A, B, C), 1):
        table.when(IVY, "send_terms", venture=target, credits=20)
        table.when(target, "answer_terms", sheet=number, answer="accept")
        assert table.one(Investor, IVY).thesis_points == (points if number > 1 else 0)


# -- grants and subsidies


def test_a_grant_goes_once_to_each_tenant() -> None:
    """1 to 20 credits from the treasury, no shares."""
    table = harbour().when(OLGA, "grant", venture=B, credits=20).then("granted")
    assert (table.balance("operator:6"), table.balance("venture:2")) == (2, 20)
    assert table.one(Venture, B).shares == {BO: 10_000}
    table.when(OLGA, "grant", venture=B, credits=1).refused("bad_args", "venture")
    table.when(OLGA, "grant", venture=A, credits=3).refused("bad_args", "credits")
    table.when(OLGA, "grant", venture=A, credits=1).when(OLGA, "grant", venture=C, credits=1)
    table.when(OLGA, "grant", venture=A, credits=1).refused("rule", None, "granted_already")


def test_a_venture_is_granted_once_in_its_life() -> None:
    """What it got in an earlier season counts; the others may still have theirs."""
    table = harbour(Grant(1, OLGA, B, BO, 1))
    table.when(OLGA, "grant", venture=B, credits=1).refused("bad_args", "venture")
    table.when(OLGA, "grant", venture=A, credits=1).then("granted")


def test_an_empty_treasury_grants_nothing() -> None:
    """A space without tenants has nobody to grant to."""
    table = harbour(space(7), credits={"operator:6": 0})
    table.when(OLGA, "grant", venture=B, credits=1).refused("cannot_afford")
    table.when(7, "grant", venture=B, credits=1).refused("rule", None, "not_now")


def test_a_subsidy_goes_to_born_ventures_with_a_desk() -> None:
    """10 from the government when matching opens, and nothing under another card."""
    table = harbour(World(effect="subsidy"), venture(C, CHEN, born=True)).open().then("subsidy_paid")
    assert [table.balance(f"venture:{number}") for number in (A, B, C)] == [68, 0, 0]
    harbour().open().then()
