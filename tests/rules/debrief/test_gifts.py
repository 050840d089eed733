"""Gifts: what was given far from the printed price is a moment of the debrief, told by name."""

from __future__ import annotations

import pytest

from makersphere_protocol import texts
from makersphere_rules.debrief.gifts import Gift, gifts
from makersphere_rules.debrief.moments import moments
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.shared_steps.grant import Grant
from makersphere_rules.ecosystem.table.agreements import Deal, Lending, Proposal
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from tests.rules.harbour import ANN, BO, CHEN, IVY, OLGA, A, B, before_exchange

SEASON = 3


def past(*more: Entity) -> Past:
    """Return a season that has been counted, with some bargains in it."""
    state = before_exchange(*more, modules=[Exchange()]).state
    state.history.seasons[SEASON] = {cls: dict(kind) for cls, kind in state.kinds.items()}
    return Past(state)


def deal(credits_: int = 0, hours: int = 0, shares: int = 0, fee: int = 0) -> Deal:
    """Return a deal of Ivy and Bo."""
    return Deal(7, SEASON, IVY, B, BO, credits=credits_, hours=hours, shares=shares, fee=fee)


def swap(given: int, taken: int) -> Proposal:
    """Return a swap of Ann and Bo."""
    terms = {"give_venture": A, "give_shares": given, "take_venture": B, "take_shares": taken}
    return Proposal(8, "swap", ANN, BO, terms, "accepted")


@pytest.mark.parametrize(
    ("bargain", "what", "worth"),
    [
        (deal(60), "money", 60),
        (deal(80, hours=4, shares=3000), "money", 26),
        (deal(hours=4, shares=400, fee=20), "shares", 22),
        (deal(100, shares=7000), "shares", 40),
        (Lending(9, SEASON, CHEN, A, 5, credits=30), "hours", 23),
        (swap(1000, 0), "swap", 20),
        (Grant(SEASON, OLGA, A, ANN, 40), "grant", 20),
    ],
)
def test_what_is_far_from_the_printed_price_is_told_by_name(bargain: Entity, what: str, worth: int) -> None:
    """From 20 credits beyond it, in every language, with who gave and who got."""
    (gift,) = gifts(past(bargain))
    assert (gift.what, gift.worth) == (what, worth)
    (moment,) = (one for one in moments(past(bargain)) if one.text == f"gift_of_{what}")
    for language in texts.languages():
        assert "{" not in texts.say(language, f"moment.{moment.text}", moment.values)


@pytest.mark.parametrize(
    "bargain",
    [deal(60, shares=3000), deal(60, shares=3500), deal(hours=4, shares=300), deal(hours=4, fee=7), swap(1000, 500)],
)
def test_an_honest_bargain_is_no_gift(bargain: Entity) -> None:
    """Capital and packages as printed, and a swap within its bounds."""
    assert list(gifts(past(bargain))) == []


def test_the_largest_gift_alone_is_told() -> None:
    """One moment of this sort, whoever gave it."""
    found = past(deal(60), Grant(SEASON, OLGA, A, ANN, 40))
    assert [type(gift) for gift in gifts(found)] == [Gift, Gift]
    assert [one.text for one in moments(found) if one.text.startswith("gift_of")] == ["gift_of_money"]
