"""Appraisal: who rates whom, when trust begins and ends, the last use of the wild card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.ratings import Rating
from makersphere_rules.entity import Entity
from makersphere_rules.forms import OneOf, Whole
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.appraisal import Appraisal, FeesWaived
from makersphere_rules.modules.threshold import Threshold
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, MATE, ALONE, ANGEL, FUND, OLGA, OTTO = range(1, 8)


def deal(number: int = 1, seat: int = ANGEL, **terms: int) -> Deal:
    """Return this season's deal with the lead's venture, all its hours delivered unless said otherwise."""
    hours = terms.get("hours", 4)
    fields = {"hours": hours, "delivered": hours, **terms}
    return attrs.evolve(Deal(number, 1, seat, 1, LEAD), **fields)  # type: ignore[arg-type]


def lay(*more: Entity, credits_: Mapping[str, int] | None = None, modules: Sequence[RuleModule] = ()) -> Table:
    """Lay a table: a venture with a co-founder at Olga's, one in the garage, two investors, two spaces."""
    return given(
        maker(LEAD),
        maker(MATE),
        maker(ALONE),
        investor(ANGEL, badges=(OLGA, OTTO)),
        investor(FUND, "fund", badges=(OTTO,)),
        space(OLGA),
        space(OTTO),
        venture(1, LEAD, space=OLGA, cofounders=(MATE,)),
        venture(2, ALONE),
        *more,
        modules=[Appraisal(), *modules],
        credits=credits_,
    )


def rate(table: Table, seat: int, rated: int, score: int) -> Table:
    """Let a seat rate another."""
    return table.act(seat, "rate", {"seat": rated, "score": score})


def ratings(table: Table) -> dict[tuple[int, int], int]:
    """Close and return all ratings by giver and taker."""
    return {(found.giver, found.taker): found.score for found in table.close().found(Rating)}


# -- who rates whom


def test_leads_and_investors_rate_their_partners_of_the_season_and_their_spaces() -> None:
    """A co-founder rates the space alone; who sits in the garage and had no deal rates nobody."""
    table = lay(deal(), attrs.evolve(deal(2, FUND), season=0))
    options = {seat: table.form(seat, "rate").fields["seat"] for seat in (LEAD, MATE, ANGEL, FUND)}
    assert options == {
        LEAD: OneOf((ANGEL, OLGA)),
        MATE: OneOf((OLGA,)),
        ANGEL: OneOf((LEAD, OLGA, OTTO)),
        FUND: OneOf((OTTO,)),
    }
    assert table.form(LEAD, "rate").fields["score"] == Whole(1, 5)
    rate(table, ALONE, ANGEL, 5).refused("rule", text="no_deal_with")


def test_operators_do_not_rate() -> None:
    """Their word is the appraisal bar."""
    rate(lay(deal()), OLGA, ANGEL, 5).refused("not_your_role")


@pytest.mark.parametrize("score", [0, 6])
def test_ratings_go_from_1_to_5(score: int) -> None:
    """One below and one above are refused."""
    rate(lay(deal()), LEAD, ANGEL, score).refused("bad_args", "score")


def test_the_last_rating_of_a_pair_stands() -> None:
    """Once per pair: a later one replaces the earlier."""
    table = rate(rate(lay(deal()), LEAD, ANGEL, 1), LEAD, ANGEL, 5)
    assert ratings(table)[LEAD, ANGEL] == 5


# -- defaults


def test_default_ratings() -> None:
    """4 for hours that all came, 4 from investors, 3 for spaces."""
    assert ratings(lay(deal())) == {
        (LEAD, ANGEL): 4,
        (LEAD, OLGA): 3,
        (MATE, OLGA): 3,
        (ANGEL, LEAD): 4,
        (ANGEL, OLGA): 3,
        (ANGEL, OTTO): 3,
        (FUND, OTTO): 3,
    }


@pytest.mark.parametrize(
    ("deals", "score"),
    [
        ([deal(delivered=3)], 2),
        ([deal(delivered=3, credits=20)], 4),
        ([deal(hours=0, delivered=0, credits=20)], 4),
        ([deal(), deal(2, delivered=0)], 2),
        ([deal(delivered=0), deal(2, hours=0, delivered=0, credits=20)], 4),
    ],
)
def test_a_lead_is_content_with_all_hours_or_with_capital(deals: list[Deal], score: int) -> None:
    """Else 2: over all deals of the pair this season."""
    assert ratings(lay(*deals))[LEAD, ANGEL] == score


# -- means


def test_only_means_of_two_or_more_are_shown() -> None:
    """Olga: 5, 4 and 3 are 400 hundredths; Otto 4 and 3; with one rater nothing is shown."""
    table = rate(rate(rate(lay(), LEAD, OLGA, 5), MATE, OLGA, 4), ANGEL, OTTO, 4).close()
    assert table.one(Space, OLGA).rating_mean == 400
    assert table.one(Space, OTTO).rating_mean == 350
    lonely = lay(investor(ANGEL, badges=()), investor(FUND, badges=(OTTO,)))
    assert rate(lonely, FUND, OTTO, 5).close().one(Space, OTTO).rating_mean == 0


def test_single_ratings_are_in_no_view_but_the_givers() -> None:
    """Sealed before the close, in the giver's hand after it, nowhere in what is told."""
    table = rate(lay(deal()), LEAD, ANGEL, 1)
    assert "rate" not in table.public()
    table.close()
    assert "rating'" not in table.public()
    assert [line for line in table.told(ANGEL) if "rat" in line.text] == []


# -- trust


@pytest.mark.parametrize(
    ("lead", "angel", "before", "after"),
    [
        (4, 4, False, True),
        (5, 4, False, True),
        (3, 5, False, False),
        (5, 3, False, False),
        (3, 3, True, True),
        (5, 3, True, True),
        (2, 5, True, False),
        (5, 1, True, False),
        (2, 5, False, False),
    ],
)
def test_trust_begins_with_4_or_5_from_both_and_ends_with_1_or_2_from_either(
    lead: int,
    angel: int,
    before: bool,  # noqa: FBT001  (a column of the table above)
    after: bool,  # noqa: FBT001
) -> None:
    """A 3 changes nothing."""
    table = lay(deal(), Pair(LEAD, ANGEL, trust=before, introduced=1))
    rate(rate(table, LEAD, ANGEL, lead), ANGEL, LEAD, angel).close()
    assert table.one(Pair, "1:4") == Pair(LEAD, ANGEL, trust=after, introduced=1)
    told = [line.text for line in table.told() if line.text.startswith("trust")]
    assert told == {(False, True): ["trust_began"], (True, False): ["trust_ended"]}.get((before, after), [])


def test_trust_without_a_deal_this_season_stays() -> None:
    """Nobody rated anybody."""
    table = lay(Pair(LEAD, FUND, trust=True)).close()
    assert table.one(Pair, "1:5").trust


# -- fees


def owing() -> Table:
    """Let the venture owe 5 of 7 to the angel."""
    insolvent = attrs.evolve(venture(1, LEAD, space=OLGA), insolvent=True)
    return lay(insolvent, deal(fee=7, fee_due=7, fee_paid=2))


def test_no_fee_is_waived() -> None:
    """What a venture owes it owes; nobody is asked to let it off."""
    table = owing().when(ANGEL, "waive_fee", venture=1).refused("unknown_command")
    assert table.close().one(Venture, 1).insolvent


def test_games_from_before_tell_whom_they_let_off() -> None:
    """The venture was not insolvent any more; everyone heard of it."""
    waived = FeesWaived(ANGEL, 1, 5, {1: 2}, insolvent=False)
    state = owing().state
    waived.apply(state)
    assert state.one(Deal, 1).fee_due == 2
    assert not state.one(Venture, 1).insolvent
    assert waived.lines()[0].values == {"investor": ANGEL, "venture": 1, "credits": 5}


# -- the wild card


def test_a_wild_card_names_a_tenant_or_a_badge_holder_of_ones_own() -> None:
    """One of the two, from the operator's own space; a tenant that is in danger."""
    table = lay(attrs.evolve(venture(1, LEAD, space=OLGA, stage=2, born=True), sales=20), modules=[Threshold()])
    form = table.form(OLGA, "wild_card")
    assert form.fields == {"seat": OneOf((ANGEL,)), "venture": OneOf((1,))}
    table.act(OLGA, "wild_card", {}).refused("rule", text="one_of_two")
    table.act(OLGA, "wild_card", {"seat": ANGEL, "venture": 1}).refused("rule", text="one_of_two")
    table.act(OLGA, "wild_card", {"seat": FUND}).refused("bad_args", "seat")
    table.act(OLGA, "wild_card", {"venture": 2}).refused("bad_args", "venture")
    table.act(OLGA, "wild_card", {"venture": 1}).then("choice_made")


def test_a_used_wild_card_is_gone_for_the_season() -> None:
    """It has let somebody in at admission."""
    table = lay(attrs.evolve(space(OLGA), wild_card_used=True))
    table.act(OLGA, "wild_card", {"venture": 1}).refused("rule", text="wild_card_used")


def test_an_empty_space_has_nobody_to_spare() -> None:
    """No tenants and no badge holders."""
    table = lay(investor(ANGEL), investor(FUND, "fund"), venture(1, LEAD))
    table.act(OLGA, "wild_card", {"venture": 1}).refused("rule", text="not_in_danger")
