"""Exchange: clinics, introductions, and what the close does for those who did not act."""

from __future__ import annotations

import pytest

from makersphere_rules.ecosystem.shared_steps.introduction import Introduction
from makersphere_rules.ecosystem.table.agreements import Clinic, Look, Pair, Proposal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, before_exchange
from tests.rules.table import Table, investor, maker, space


def harbour(*more: Entity) -> Table:
    """Return the exchange phase of the rulebook's "A season in numbers"."""
    return before_exchange(*more, modules=[Exchange()])


# -- clinics and introductions


def test_a_clinic_teaches_looks_and_introduces() -> None:
    """The skill rises, the investor's range narrows (w = 1 at integration 1), the pair knows each other."""
    table = harbour().when(MAX, "clinic", maker=BO).then("clinic_held")
    assert table.one(Maker, BO).skills == (5, 6, 5)
    look = table.one(Look, f"{MAX}:{B}")
    assert (look.lo, look.hi, look.count) == (2, 4, 1)
    assert table.one(Pair, f"{BO}:{MAX}").introduced == 3
    assert table.one(Clinic, f"3:{MAX}").venture == B
    assert table.one(Investor, MAX).hours == 7
    table.when(MAX, "clinic", maker=ANN).refused("rule", None, "once_a_season")


def test_a_clinic_does_not_teach_from_six_on() -> None:
    """All else of a clinic happens all the same."""
    skilled = maker(ANN, skills=(6, 4, 4), venture=A)
    table = harbour(skilled).when(MAX, "clinic", maker=ANN)
    assert table.one(Maker, ANN).skills == (6, 4, 4)
    assert table.one(Pair, f"{ANN}:{MAX}").introduced == 3


def test_a_mentor_teaches_the_lowest_skill() -> None:
    """Of equal ones the first in the order technology, network, business."""
    table = harbour(investor(MAX, "mentor", "any", badges=(OLGA,))).when(MAX, "clinic", maker=ANN)
    assert table.one(Maker, ANN).skills == (7, 5, 4)


@pytest.mark.parametrize(("lowest", "after"), [(6, 7), (8, 9), (9, 9)])
def test_a_mentor_teaches_up_to_nine(lowest: int, after: int) -> None:
    """Regular training goes on where others have no more to teach."""
    skilled = maker(ANN, skills=(9, 9, lowest), venture=A)
    table = harbour(skilled, investor(MAX, "mentor", "any", badges=(OLGA,))).when(MAX, "clinic", maker=ANN)
    assert table.one(Maker, ANN).skills[2] == after


def test_a_clinic_keeps_what_was_seen_before() -> None:
    """A second look is one sharper, and the ranges are cut."""
    table = harbour(Look(MAX, B, 3, 5, 1)).when(MAX, "clinic", maker=BO)
    assert (table.one(Look, f"{MAX}:{B}").lo, table.one(Look, f"{MAX}:{B}").hi) == (3, 3)


@pytest.mark.parametrize(
    ("changed", "code", "text"),
    [
        (investor(MAX), "rule", "no_badge"),
        (investor(MAX, badges=(OLGA,), hours=0), "cannot_afford", "cannot_afford.hours"),
    ],
)
def test_a_clinic_needs_a_badge_and_an_hour(changed: Investor, code: str, text: str) -> None:
    """Without either it is refused."""
    harbour(changed).when(MAX, "clinic", maker=BO).refused(code, None, text)


def test_introductions_are_two_more_than_the_integration_level() -> None:
    """2 + i a season, each pair once."""
    table = harbour().when(OLGA, "introduce", maker=BO, investor=IVY).then("introduced")
    table.when(OLGA, "introduce", maker=BO, investor=IVY).refused("rule", "investor", "introduced_already")
    table.when(OLGA, "introduce", maker=BO, investor=MAX).when(OLGA, "introduce", maker=CHEN, investor=IVY)
    table.when(OLGA, "introduce", maker=CHEN, investor=MAX).refused("rule", None, "too_many_introductions")


def test_an_operator_does_not_hear_of_clinics_by_introducing() -> None:
    """What a clinic began in this phase makes no introduction refused."""
    table = harbour().when(MAX, "clinic", maker=BO)
    table.when(OLGA, "introduce", maker=BO, investor=MAX).then("introduced")


# -- the close


def test_the_default_accepts_the_earliest_exchange_that_teaches() -> None:
    """One of them, the first that teaches the seat something; nothing else is accepted."""
    table = harbour()
    table.when(BO, "propose_exchange", maker=ANN, teach="technology", learn="none")  # Ann knows better
    table.when(BO, "propose_lending", venture=A, hours=1, credits=2)
    table.when(CHEN, "propose_exchange", maker=ANN, teach="business", learn="none")
    table.close()
    assert [proposal.status for proposal in table.found(Proposal)] == ["lapsed", "lapsed", "accepted"]
    assert table.one(Maker, ANN).skills == (7, 4, 5)
    assert table.one(Maker, CHEN).ties == (ANN,)


def test_nobody_is_introduced_for_an_operator_who_introduces_nobody() -> None:
    """The close makes no introductions; those of the operator's own stand alone."""
    table = harbour().close()
    assert not table.found(Introduction)
    assert table.one(Space, OLGA).introductions == 0
    table = harbour().when(OLGA, "introduce", maker=ANN, investor=MAX).close()
    assert len(table.found(Introduction)) == 1


def test_spirit_fades_and_not_under_zero() -> None:
    """One a season for every maker; a space without tenants has no bonus."""
    table = harbour(maker(7, spirit=0), space(8))
    table.close()
    assert [found.spirit for found in table.found(Maker)] == [5, 5, 4, 0]
    assert [found.spirit_bonus for found in table.found(Space)] == [0, 0]


def test_the_bonus_ends_at_two() -> None:
    """clamp(sum of the tenants' spirit div their number - 5, 0, 2)."""
    table = harbour(maker(ANN, spirit=10), maker(BO, spirit=10), maker(CHEN, spirit=9)).close()
    assert table.one(Space, OLGA).spirit_bonus == 2


def test_everyone_sees_who_worked_with_whom_after_the_close() -> None:
    """One public line each for agreements, clinics and introductions."""
    table = harbour().when(ANN, "propose_exchange", maker=BO, teach="technology", learn="network")
    table.when(BO, "answer", proposal=1, accept=True).when(IVY, "clinic", maker=CHEN)
    table.when(OLGA, "introduce", maker=BO, investor=MAX).close()
    texts = [line.text for line in table.told()]
    assert texts[:3] == ["exchange", "clinic", "introduction"]
    assert f"'ties': [{BO}]" in table.public()
