"""Where a workshop's hours help most: a proposal of what everybody sees, with nothing sealed in it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_rules import engine
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.entity import Entity
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.incubation.workshop_aid import helped
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, IVY, OLGA = 1, 2, 3, 4
A, B = 1, 2


def hall(*more: Entity, resources: int = 1) -> Table:
    """Lay a space with an idea of Ann's that lacks much and one of Bo's that lacks little; each maker has ten hours."""
    return given(
        maker(ANN, (0, 0, 0)),
        maker(BO, (0, 0, 0)),
        investor(IVY, "professional", "technology", badges=(OLGA,)),
        attrs.evolve(space(OLGA), resources=resources),
        venture(A, ANN, space=OLGA),
        venture(B, BO, space=OLGA, tracks=(4, 2, 1)),
        *more,
        modules=[Incubation()],
    )


def told(table: Table) -> Mapping[str, int]:
    """Return what the numbers of a workshop's form say."""
    return engine.numbers(table.state, OLGA, "workshop", {"venture": A, "track": "technology", "hours": 0})


def test_each_tenant_is_told_with_what_it_lacks_after_its_makers_hours() -> None:
    """An idea wants 20 points: of ten hours Ann's lacks 10; Bo's, which has 7, lacks 1 of each: three let it roll."""
    found = told(hall())
    assert (found["1:short"], found["1:rolls"], found["1:ready"]) == (10, 0, 0)
    assert (found["2:short"], found["2:rolls"], found["2:ready"]) == (3, 1, 0)
    assert sum(found[f"2:{track}"] for track in ("technology", "customers", "business")) == 3


def test_all_hours_go_first_to_who_can_roll_with_them() -> None:
    """Six hours: three to Bo's, and three to Ann's. Of two hours, both to Bo's."""
    found = told(hall())
    given_ = {
        number: sum(found[f"all:{number}:{track}"] for track in ("technology", "customers", "business"))
        for number in (A, B)
    }
    assert given_ == {A: 3, B: 3}
    scarce = told(hall(resources=0))
    assert sum(scarce[f"all:2:{track}"] for track in ("technology", "customers", "business")) == 2
    assert not any(scarce[f"all:1:{track}"] for track in ("technology", "customers", "business"))


def test_promised_hours_count_as_kept() -> None:
    """Two promised hours of technology are four points that Bo's does not lack any more: it can roll in any case."""
    found = told(hall(Deal(1, 1, IVY, B, BO, hours=2, fee=3)))
    assert (found["2:ready"], found["2:short"], found["2:rolls"]) == (1, 0, 0)


def test_nothing_that_is_sealed_is_in_it() -> None:
    """Whatever makers have planned, the operator is told the same."""
    table = hall()
    before = told(table)
    assert told(table.when(BO, "plan", technology=0, customers=10, business=0)) == before
    assert helped(table.state, OLGA, 6, 3, 2) == before
