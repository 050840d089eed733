"""Exchange: what two makers agree on, clinics and introductions, and how spirit fades."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Lending, Proposal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import REASONS
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.state import Seat
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_exchange
from tests.rules.table import Table, given, maker, space, venture


def harbour(*more: Entity) -> Table:
    """Return the exchange phase of the rulebook's "A season in numbers"."""
    return before_exchange(*more, modules=[Exchange()])


def agree(table: Table, sender: int, receiver: int, teach: str, learn: str) -> Table:
    """Let two makers agree on an exchange."""
    table.when(sender, "propose_exchange", maker=receiver, teach=teach, learn=learn)
    proposal = max(proposal.id for proposal in table.found(Proposal))
    return table.when(receiver, "answer", proposal=proposal, accept=True)


# -- a season in numbers


def test_a_season_in_numbers() -> None:
    """Step 3: skills, know-how, clinics, introductions, spirit 6, 7, 5 and a bonus of 1."""
    table = harbour()
    agree(table, ANN, BO, "technology", "network").then("exchange_made")
    agree(table, BO, CHEN, "network", "none")
    table.when(MAX, "clinic", maker=BO).when(IVY, "clinic", maker=CHEN)
    table.when(OLGA, "introduce", maker=BO, investor=IVY)
    table.when(OLGA, "introduce", maker=CHEN, investor=MAX)
    assert table.one(Maker, BO).skills == (6, 6, 5)
    assert table.one(Maker, ANN).skills == (7, 5, 4)
    assert table.one(Maker, CHEN).skills == (4, 5, 6)
    assert table.one(Venture, B).tracks == (21, 16, 10)
    assert table.one(Venture, A).tracks == (41, 33, 27)
    assert table.one(Venture, C).tracks == (0, 3, 0)
    assert table.one(Investor, IVY).hours == 11
    table.close()
    assert [table.one(Maker, seat).spirit for seat in (ANN, BO, CHEN)] == [6, 7, 5]
    assert table.one(Space, OLGA).spirit_bonus == 1
    assert table.one(Maker, BO).ties == (ANN, CHEN)


# -- exchange


def test_an_exchange_costs_both_an_hour_and_makes_a_tie() -> None:
    """Hours, a tie and one spirit each, even when nobody is the better one."""
    table = agree(harbour(), ANN, CHEN, "none", "network")
    for seat, other in ((ANN, CHEN), (CHEN, ANN)):
        found = table.one(Maker, seat)
        assert (found.hours, found.exchanges, found.ties) == (9, 1, (other,))
    assert table.one(Maker, ANN).skills == (7, 4, 4)
    assert table.one(Venture, A).tracks == (41, 30, 27)
    assert table.one(Maker, CHEN).spirit == 6


def test_an_exchange_teaches_something() -> None:
    """At least one side names a skill."""
    harbour().when(ANN, "propose_exchange", maker=BO, teach="none", learn="none").refused(
        "rule", "teach", "nothing_taught"
    )


def test_members_of_one_team_do_not_exchange() -> None:
    """A co-founder is no choice for its lead, but for others."""
    table = given(
        maker(1),
        maker(2),
        maker(3),
        space(4),
        venture(1, 1, space=4, cofounders=(2,)),
        venture(2, 3, space=4),
        modules=[Exchange()],
    )
    table.when(1, "propose_exchange", maker=2, teach="business", learn="none").refused("bad_args", "maker")
    agree(table, 3, 2, "business", "technology")
    assert table.one(Maker, 2).ties == (3,)


def test_a_cofounder_learns_for_its_venture() -> None:
    """Know-how goes to the venture that the learner works in."""
    table = given(
        maker(1),
        maker(2, (1, 1, 1)),
        maker(3),
        space(4, community=3),
        venture(1, 1, space=4, cofounders=(2,)),
        venture(2, 3, space=4),
        modules=[Exchange()],
    )
    agree(table, 3, 2, "business", "none")
    assert table.one(Venture, 1).tracks == (0, 0, 4)  # 2 + (3 + 1) div 2
    assert table.one(Maker, 2).skills == (1, 1, 2)


def test_exchanges_are_limited_by_the_community_level() -> None:
    """1 + c exchanges a season; the limit is one's own to hear of."""
    table = harbour()
    agree(table, ANN, BO, "technology", "network")
    agree(table, BO, CHEN, "network", "none")
    assert not table.may(BO, "propose_exchange")
    table.when(BO, "propose_exchange", maker=ANN, teach="none", learn="business").refused(
        "rule", None, "too_many_exchanges"
    )
    table.when(CHEN, "propose_exchange", maker=BO, teach="none", learn="network")
    table.when(BO, "answer", proposal=3, accept=True).refused("rule", "proposal", "too_many_exchanges")


def test_spirit_by_exchange_is_limited() -> None:
    """At most 2 a season, and never over 10."""
    table = harbour()
    table.put(attrs.evolve(table.one(Space, OLGA), community=3), attrs.evolve(table.one(Maker, BO), spirit=10))
    for _ in range(3):
        agree(table, ANN, BO, "technology", "none")
    assert table.one(Maker, ANN).spirit == 8
    assert table.one(Maker, BO).spirit == 10
    assert table.one(Maker, BO).ties == (ANN,)


def test_whoever_works_in_the_garage_meets_everybody_over_coffee() -> None:
    """It shares a skill with a tenant once a season, whoever asks; clinics and introductions stay with the desks."""
    table = harbour()
    table.put(attrs.evolve(table.one(Space, OLGA), community=3), attrs.evolve(table.one(Venture, C), space=0))
    before = table.one(Venture, C).tracks
    agree(table, ANN, CHEN, "technology", "none")
    assert table.one(Maker, CHEN).ties == (ANN,)
    assert table.one(Venture, C).tracks[0] == before[0] + 2  # know-how without a level
    table.when(CHEN, "propose_exchange", maker=BO, teach="technology", learn="network").refused(
        "rule", None, "too_many_exchanges"
    )
    table.when(CHEN, "propose_lending", venture=B, hours=1, credits=2).then("proposed")
    table.when(IVY, "clinic", maker=CHEN).refused("bad_args", "maker")
    table.when(OLGA, "introduce", maker=CHEN, investor=IVY).refused("bad_args", "maker")


def test_a_later_proposal_of_the_same_kind_replaces_the_earlier() -> None:
    """One open proposal of a kind from one maker to another, with a new number."""
    table = harbour()
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="none")
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="network")
    table.when(ANN, "propose_exchange", maker=CHEN, teach="technology", learn="none")
    assert [(proposal.receiver, proposal.number) for proposal in table.found(Proposal)] == [(BO, 2), (CHEN, 1)]
    table.when(BO, "answer", proposal=1, accept=True).refused("bad_args", "proposal")


def test_a_proposal_takes_back_ready() -> None:
    """Who is asked is not done any more; who is not asked stays so."""
    table = harbour()
    table.put(Seat(BO, "maker", ready=True), Seat(CHEN, "maker", ready=True))
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="none").then("proposed", "ready_set")
    assert [table.one(Seat, seat).done for seat in (BO, CHEN)] == [False, True]


def test_only_the_receiver_answers() -> None:
    """The sender waits; a no closes the proposal and changes nothing else."""
    table = harbour()
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="none")
    table.when(ANN, "answer", proposal=1, accept=True).refused("rule", None, "no_such_request")
    table.when(CHEN, "answer", proposal=1, accept=True).refused("rule", None, "no_such_request")
    table.when(BO, "answer", proposal=1, accept=False).then("proposal_declined")
    assert table.one(Maker, BO).hours == 10
    table.close()
    assert table.one(Proposal, 1).status == "declined"


def test_a_no_to_a_proposal_may_say_why() -> None:
    """The one who asked reads it, and nobody else."""
    table = harbour()
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="none")
    assert "spent" in REASONS
    table.when(BO, "answer", proposal=1, accept=False, reason="spent")
    assert [line.values for line in table.told(ANN)] == [{"maker": ANN, "seat": BO, "reason": "spent"}]
    assert table.told(CHEN) == []


def test_proposals_lapse_with_what_spoils_them() -> None:
    """A yes never fails for the other side's hours: a proposal that cannot be kept is gone at once."""
    table = harbour(attrs.evolve(maker(ANN, (7, 4, 4)), hours=4))
    table.when(ANN, "propose_exchange", maker=BO, teach="technology", learn="none")
    table.when(ANN, "propose_lending", venture=C, hours=4, credits=10)
    table.when(ANN, "study", skill="network").then("studied")
    assert [proposal.status for proposal in table.found(Proposal)] == ["open", "lapsed"]
    table.when(BO, "answer", proposal=1, accept=True)
    assert table.one(Maker, ANN).hours == 0


def test_two_sides_alone_hear_of_a_proposal() -> None:
    """Neither the table nor a third hand shows what is asked and agreed inside the phase."""
    table = harbour()
    before = table.public()
    agree(table, ANN, BO, "technology", "network")
    assert table.public() == before
    assert [line.text for line in table.told(CHEN)] == []
    assert [line.text for line in table.told(BO)] == ["exchange_made", "skill_learnt"]
    assert [line.text for line in table.told()] == []


# -- lending and swaps


def test_lent_hours_are_paid_at_once() -> None:
    """Credits from the lead's own account, shares out of the lead's holding; the lender's hours are gone."""
    table = harbour()
    table.when(CHEN, "propose_lending", venture=A, hours=5, credits=12, shares=450)
    table.when(ANN, "answer", proposal=1, accept=True).then("lending_made")
    assert (table.balance("maker:1"), table.balance("maker:3")) == (18, 56)
    assert table.one(Venture, A).shares == {ANN: 6550, IVY: 3000, CHEN: 450}
    assert table.one(Maker, CHEN).hours == 5
    (lent,) = table.found(Lending)
    assert lent == Lending(lent.id, 3, CHEN, A, 5, 12, 450)


def test_a_lead_cannot_pay_what_it_does_not_have() -> None:
    """The lead's own credits and shares are its bounds, and the proposal stays open."""
    table = harbour(venture(4, 7, space=OLGA, shares={7: 100, ANN: 9900}), maker(7))
    table.when(CHEN, "propose_lending", venture=A, hours=1, credits=6)
    table.when(ANN, "answer", proposal=1, accept=True).then("lending_made")
    table.when(CHEN, "propose_lending", venture=A, hours=5, credits=30)
    table.when(ANN, "answer", proposal=2, accept=True).refused("cannot_afford", "proposal")
    table.when(CHEN, "propose_lending", venture=4, hours=1, shares=101)
    table.when(7, "answer", proposal=3, accept=True).refused("cannot_afford", "proposal")
    assert [proposal.status for proposal in table.found(Proposal)] == ["accepted", "open", "open"]


def test_hours_are_not_lent_for_nothing() -> None:
    """Credits, shares or both."""
    harbour().when(CHEN, "propose_lending", venture=A, hours=1).refused("rule", "credits", "nothing_given")


def test_nobody_lends_to_its_own_venture_or_more_than_it_has() -> None:
    """Five hours at most, and no more than are left."""
    table = harbour(attrs.evolve(maker(CHEN), hours=3))
    table.when(CHEN, "propose_lending", venture=C, hours=1, credits=1).refused("bad_args", "venture")
    table.when(CHEN, "propose_lending", venture=A, hours=4, credits=1).refused("bad_args", "hours")
    table.when(ANN, "propose_lending", venture=B, hours=6, credits=1).refused("bad_args", "hours")


def test_a_swap_moves_existing_shares() -> None:
    """Nobody else is diluted."""
    table = harbour()
    table.when(ANN, "propose_swap", maker=BO, give_venture=A, give_shares=1000, take_venture=B, take_shares=600)
    table.when(BO, "answer", proposal=1, accept=True).then("swap_made")
    assert table.one(Venture, A).shares == {ANN: 6000, IVY: 3000, BO: 1000}
    assert table.one(Venture, B).shares == {BO: 9400, ANN: 600}


def test_a_swap_needs_shares_of_two_ventures() -> None:
    """One's own holding is the bound, the other's as the table shows it."""
    table = harbour()
    swap = {"maker": BO, "give_venture": A, "give_shares": 10, "take_venture": B, "take_shares": 10}
    table.put(attrs.evolve(table.one(Venture, A), shares={ANN: 9000, BO: 1000}))
    table.act(ANN, "propose_swap", {**swap, "take_venture": A}).refused("rule", "take_venture", "same_shares")
    table.act(ANN, "propose_swap", {**swap, "give_shares": 10_001}).refused("bad_args", "give_shares")
    table.act(ANN, "propose_swap", {**swap, "give_venture": B}).refused("bad_args", "give_venture")
    table.act(ANN, "propose_swap", {**swap, "take_venture": C}).refused("rule", "take_shares")


def test_a_swap_that_cannot_be_kept_lapses() -> None:
    """Shares given away in one swap are not there for the next."""
    table = harbour(venture(A, ANN, space=OLGA, shares={ANN: 1000, IVY: 9000}))
    for other in (BO, CHEN):
        table.when(
            ANN, "propose_swap", maker=other, give_venture=A, give_shares=600, take_venture=other, take_shares=300
        )
    table.when(BO, "answer", proposal=1, accept=True)
    assert table.one(Proposal, 2).status == "lapsed"


# -- study


def test_study_takes_three_hours_once_a_season() -> None:
    """One own skill up by one; no tie, no spirit, no know-how."""
    table = harbour().when(BO, "study", skill="business").then("studied")
    found = table.one(Maker, BO)
    assert (found.skills, found.hours, found.spirit, found.ties) == ((4, 6, 6), 7, 6, ())
    assert table.one(Venture, B).tracks == (18, 16, 10)
    table.when(BO, "study", skill="business").refused("rule", None, "once_a_season")


def test_study_needs_hours_and_room_to_grow() -> None:
    """Not without three hours, and not over 10."""
    table = harbour(attrs.evolve(maker(BO), hours=2), maker(CHEN, (10, 10, 9)), maker(ANN, (10, 10, 10)))
    table.when(BO, "study", skill="business").refused("cannot_afford")
    table.when(CHEN, "study", skill="technology").refused("bad_args", "skill")
    table.when(ANN, "study", skill="technology").refused("rule", "skill", "skill_at_top")


@pytest.mark.parametrize("skill", ["none", "luck", 1, True])
def test_study_is_of_a_skill(skill: str | int) -> None:
    """Whatever else is asked for is refused and takes no hour."""
    table = harbour().when(BO, "study", skill=skill).refused("bad_args", "skill")
    assert table.one(Maker, BO).hours == 10


def test_study_takes_the_last_three_hours_and_ends_at_ten() -> None:
    """From 9 to 10 with exactly three hours; a co-founder and a maker without a venture study too."""
    table = harbour(
        attrs.evolve(maker(BO, (9, 6, 5)), hours=3), venture(A, ANN, space=OLGA, cofounders=(7,)), maker(7), maker(8)
    )
    table.when(BO, "study", skill="technology").when(7, "study", skill="network").when(8, "study", skill="business")
    assert [(table.one(Maker, seat).skills, table.one(Maker, seat).hours) for seat in (BO, 7, 8)] == [
        ((10, 6, 5), 0),
        ((4, 5, 4), 7),
        ((4, 4, 5), 7),
    ]
    assert table.one(Venture, A).tracks == (0, 0, 0)
