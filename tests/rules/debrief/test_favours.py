"""Favours: for whom a space's workshop and its wild card were is a moment of the debrief, told by name."""

from __future__ import annotations

import attrs
import pytest

from makersphere_protocol import texts
from makersphere_rules.debrief.favours import Favour, cards, workshops
from makersphere_rules.debrief.moments import moments
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.verdicts import Application, BadgeAppraisal, Danger, Pitch
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from tests.rules.harbour import ANN, BO, IVY, OLGA, A, B, before_exchange

SEASONS = (2, 3)


def past(*by_season: tuple[Entity, ...], work: dict[int, int] | None = None) -> Past:
    """Return seasons that have been counted, each with what was decided in it; `work`: Olga's hours by venture."""
    table = before_exchange(modules=[Exchange()])
    for number, hours in (work or {}).items():
        found = table.one(Venture, number)
        table.put(attrs.evolve(found, work={**found.work, OLGA: hours}))
    state = table.state
    for season, decided in zip(SEASONS, by_season or ((), ()), strict=True):
        for one in decided:
            state.put(one)
        state.history.seasons[season] = {cls: dict(kind) for cls, kind in state.kinds.items()}
    return Past(state)


def told(found: Past, text: str) -> dict[str, int | str]:
    """Return the values of the one moment of a sort, which every language has words for."""
    (moment,) = (one for one in moments(found) if one.text == text)
    for language in texts.languages():
        assert "{" not in texts.say(language, f"moment.{text}", moment.values)
    return moment.values


def pitch(season: int, maker: int = ANN, outcome: str = "wild_card") -> Pitch:
    """Return how a pitch at Olga's was judged."""
    return Pitch(maker, OLGA, season, A, 20, 25, 2, outcome)


def danger(season: int, number: int, reason: str = "unsold") -> Danger:
    """Return that a venture at Olga's was in danger."""
    return Danger(number, (OLGA,), OLGA, season, sold=20, bar=25, reason=reason)


def test_a_workshop_that_worked_for_one_maker_above_all_is_told_by_name() -> None:
    """Five of eight hours are more than half, four are not."""
    assert list(workshops(past(work={A: 5, B: 3}))) == [Favour(SEASONS[-1], OLGA, ANN, 5, 8)]
    assert told(past(work={A: 5, B: 3}), "workshop_for_one") == {"space": OLGA, "maker": ANN, "hours": 5, "given": 8}
    assert not list(workshops(past(work={A: 4, B: 4})))
    assert not list(workshops(past()))


def test_a_wild_card_that_was_played_twice_for_one_seat_is_told_by_name() -> None:
    """Let in at the door, and then spared: the same maker's."""
    found = past((pitch(2),), (danger(3, A),))
    assert list(cards(found)) == [Favour(2, OLGA, ANN, 2)]
    assert told(found, "cards_for_one") == {"space": OLGA, "seat": ANN, "count": 2}


@pytest.mark.parametrize(
    "decided",
    [
        ((pitch(2),), ()),
        ((pitch(2),), (pitch(3, outcome="given"),)),
        ((pitch(2),), (pitch(3, maker=BO),)),
        ((pitch(2),), (danger(3, A, reason=""),)),
        ((pitch(2),), (danger(3, B),)),
    ],
)
def test_a_card_for_each_of_two_is_no_favour(decided: tuple[tuple[Entity, ...], ...]) -> None:
    """Once, by the bar the second time, for another, or for whom nothing threatened."""
    assert not list(cards(past(*decided)))


def test_a_venture_that_closed_was_not_spared() -> None:
    """It was in danger, and went."""
    table = past((pitch(2),), (danger(3, A),))
    gone = attrs.evolve(table.ventures[A], closed="unsold", closed_season=3)
    table.state.put(gone)
    assert not list(cards(Past(table.state)))


def test_an_investor_that_kept_its_badge_by_a_card_is_told_too() -> None:
    """First let in below the bar, then below the appraisal bar, and not lost."""
    asked, judged = (
        Application(IVY, OLGA, 2, 20, 25, "wild_card"),
        BadgeAppraisal(IVY, OLGA, 3, 1, 1, 1, 1, (3, 3, 2, 2), 20, 25),
    )
    assert list(cards(past((asked,), (judged,)))) == [Favour(2, OLGA, IVY, 2)]
    assert not list(cards(past((asked,), (attrs.evolve(judged, lost=True),))))


def test_an_investor_that_was_let_in_twice_is_told_too() -> None:
    """A badge below the bar, by the card."""
    asked = [Application(IVY, OLGA, season, 20, 25, "wild_card") for season in SEASONS]
    assert list(cards(past(*((one,) for one in asked)))) == [Favour(2, OLGA, IVY, 2)]
