"""Incubation: who may send what with which bounds, and what is done for those who do not."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_rules.ecosystem.table.agreements import Deal, Look
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.forms import Sum, Whole
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.incubation.plans import fill_needs, lay_out
from makersphere_rules.state import Choice
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, FREE, HELPER, OLGA = 1, 2, 3, 4
NOTHING = {"technology": 0, "customers": 0, "business": 0, "day_job": 0}


def lay(*more: Entity, credits_: Mapping[str, int] | None = None) -> Table:
    """Lay a table: a lead with an idea at a space, a maker without a venture, an engineer who promised 4 hours."""
    return given(
        maker(LEAD, (5, 5, 5), hours=8),
        maker(FREE),
        investor(HELPER, "professional", "technology", badges=(OLGA,), hours=3),
        space(OLGA),
        venture(1, LEAD, space=OLGA),
        Deal(1, 1, HELPER, 1, LEAD, hours=4),
        *more,
        modules=[Incubation()],
        credits={"venture:1": 4, "maker:1": 7, **(credits_ or {})},
    )


def sealed(table: Table, seat: int) -> dict[str, Mapping[str, object]]:
    """Return what the close found sealed by a seat, by command and target."""
    choices = [event for event in table.events if event.type == "choice_made"]
    found: dict[str, Mapping[str, object]] = {}
    for event in choices:
        data = attrs.asdict(event)
        if data["seat"] == seat:
            found[f"{data['command']}:{data['target']}"] = data["args"]
    return found


# -- bounds


def test_a_plan_holds_the_hours_that_are_left() -> None:
    """Eight hours in all, five of them in a day job at most; nine are refused, and nothing changes."""
    table = lay()
    form = table.form(LEAD, "plan")
    assert form.fields["day_job"] == Whole(0, 5)
    assert form.sums == (Sum(("technology", "customers", "business", "day_job"), 0, 8),)
    table.when(LEAD, "plan", technology=8, customers=0, business=0, day_job=1).refused("bad_args")
    table.when(LEAD, "plan", technology=3, customers=0, business=0, day_job=6).refused("bad_args", "day_job")
    assert table.found(Choice) == []
    table.when(LEAD, "plan", technology=3, customers=0, business=0, day_job=5).then("choice_made")


def test_without_a_venture_there_is_the_day_job_alone() -> None:
    """A track takes no hour."""
    lay().when(FREE, "plan", **{**NOTHING, "technology": 1}).refused("bad_args", "technology")


def test_own_money_ends_at_the_leads_balance() -> None:
    """Seven credits; a maker without a venture has nothing to put them in."""
    table = lay()
    table.when(LEAD, "put_in", credits=8).refused("bad_args", "credits")
    table.when(LEAD, "put_in", credits=7)
    table.when(FREE, "put_in", credits=0).refused("rule", text="no_venture")


def test_a_co_founder_leaves_money_and_mentor_to_the_lead() -> None:
    """Both commands are the lead's."""
    table = lay(venture(1, LEAD, space=OLGA, cofounders=(FREE,)), maker(FREE, venture=1))
    table.when(FREE, "put_in", credits=0).refused("rule", text="lead_only")
    table.when(FREE, "mentor_track", track="business").refused("rule", text="lead_only")


def test_only_who_has_a_mentor_names_its_track() -> None:
    """An engineer is none."""
    lay().when(LEAD, "mentor_track", track="business").refused("rule", text="no_mentor")


def test_deliveries_end_at_what_was_promised() -> None:
    """Two deals with one venture are summed; a stranger's venture is no choice."""
    table = lay(Deal(2, 1, HELPER, 1, LEAD, hours=1), venture(2, FREE, space=OLGA))
    assert table.form(HELPER, "deliver").fields["hours"] == Whole(0, 5)
    table.when(HELPER, "deliver", venture=1, hours=6).refused("bad_args", "hours")
    table.when(HELPER, "deliver", venture=2, hours=1).refused("bad_args", "venture")
    table.when(HELPER, "deliver", venture=1, hours=5)


def test_a_smaller_promise_is_not_hidden_behind_a_larger_one() -> None:
    """The form shows the largest; the command knows each."""
    table = lay(venture(2, FREE, space=OLGA), Deal(2, 1, HELPER, 2, FREE, hours=2))
    table.when(HELPER, "deliver", venture=2, hours=3).refused("cannot_afford", "hours")


def test_who_promised_nothing_delivers_nothing() -> None:
    """Last season's promises are over."""
    table = lay(Deal(1, 0, HELPER, 1, LEAD, hours=4))
    table.when(HELPER, "deliver", venture=1, hours=1).refused("rule", text="nothing_promised")


def test_workshop_hours_end_at_what_the_space_offers() -> None:
    """Two at level 0, over all ventures and tracks; a later choice for the same replaces the earlier."""
    table = lay()
    table.when(OLGA, "workshop", venture=1, track="business", hours=3).refused("bad_args", "hours")
    table.when(OLGA, "workshop", venture=1, track="business", hours=1)
    table.when(OLGA, "workshop", venture=1, track="customers", hours=2).refused("cannot_afford", "hours")
    table.when(OLGA, "workshop", venture=1, track="business", hours=2)


def test_a_workshop_without_tenants_has_nobody_to_serve() -> None:
    """A venture in the garage is no tenant."""
    table = lay(venture(1, LEAD))
    table.when(OLGA, "workshop", venture=1, track="business", hours=1).refused("rule", text="no_such_target")


def test_scouting_turns_two_unpromised_hours_into_a_look_at_once() -> None:
    """Appeal 3, width 2 without noise: 1 to 5; a second look would be sharper, but one hour is left."""
    table = lay().when(HELPER, "scout", venture=1).then("scouted")
    assert table.one(Look, "3:1") == Look(HELPER, 1, 1, 5, 1)
    assert table.one(Investor, HELPER).hours == 1
    assert [line.text for line in table.told(HELPER)] == ["scouted"]
    assert table.told() == []
    table.when(HELPER, "scout", venture=1).refused("cannot_afford")


def test_what_is_known_exactly_needs_no_scout() -> None:
    """It is no longer among the choices; when nothing is hidden the command says so."""
    table = lay(Look(HELPER, 1, 3, 3, 2))
    table.when(HELPER, "scout", venture=1).refused("rule", text="nothing_hidden")


# -- defaults


def test_the_default_plan_follows_the_greatest_need_hour_by_hour() -> None:
    """Eight hours at skill 5 for needs 10, 6, 4: five on technology (7), two on customers (3), one on business."""
    table = lay().close()
    # progress of 1 to 5 hours is 1, 3, 4, 6, 7: technology to a need of 4, customers to 3, technology 3, business
    plan = sealed(table, LEAD)["plan:"]
    assert plan == {"technology": 5, "customers": 2, "business": 1, "day_job": 0}


def test_the_default_pays_materials_from_own_money() -> None:
    """Four needed, one there: three put in, no day job."""
    table = lay(credits_={"venture:1": 1}).close()
    assert sealed(table, LEAD)["put_in:"] == {"credits": 3}
    assert sealed(table, LEAD)["plan:"]["day_job"] == 0


def test_the_default_works_a_day_job_when_own_money_is_not_enough() -> None:
    """A prototype needs 10, there are 2 and 7: five hours bring 10, of which and of the 7 the lead puts in 8."""
    table = lay(venture(1, LEAD, space=OLGA, stage=1), credits_={"venture:1": 2}).close()
    assert sealed(table, LEAD)["plan:"]["day_job"] == 5
    assert sealed(table, LEAD)["put_in:"] == {"credits": 8}
    assert table.one(Venture, 1).materials == 10
    assert table.balance("maker:1") == 9


def test_the_default_throws_no_good_money_after_bad() -> None:
    """A pilot needs 18, there are 0 and 7 and 10 more: not enough, so the lead keeps its 17."""
    table = lay(venture(1, LEAD, space=OLGA, stage=2, born=True), credits_={"venture:1": 0}).close()
    assert "put_in:" not in sealed(table, LEAD)
    assert table.balance("maker:1") == 17


def test_own_money_by_default_counts_on_the_plan_that_was_sent() -> None:
    """The lead sends a plan without a day job: 7 of 8 are there, so nothing is put in."""
    table = lay(venture(1, LEAD, space=OLGA, stage=1), credits_={"venture:1": 2})
    table.when(LEAD, "plan", **{**NOTHING, "technology": 8}).close()
    assert "put_in:" not in sealed(table, LEAD)


def test_by_default_a_maker_without_a_venture_works_its_day_job() -> None:
    """Five hours, 10 credits."""
    assert lay().close().balance("maker:2") == 10


def test_by_default_all_promised_hours_are_delivered() -> None:
    """Four of four."""
    assert sealed(lay().close(), HELPER) == {"deliver:1": {"venture": 1, "hours": 4}}


def test_the_workshop_stands_idle_until_its_operator_gives_it_out() -> None:
    """An operator that says nothing gives nobody an hour; one that gives an hour gives one."""
    table = lay().close()
    assert sealed(table, OLGA) == {}
    assert table.one(Space, OLGA).workshop_used == 0
    table = lay().when(OLGA, "workshop", venture=1, track="business", hours=1).close()
    assert table.one(Space, OLGA).workshop_used == 1


def test_no_secret_of_a_plan_shows_before_the_close() -> None:
    """What is sealed is in the hand of the one who sealed it."""
    table = lay().when(LEAD, "plan", **{**NOTHING, "customers": 7})
    assert "'customers': 7" not in table.public()
    assert table.one(Maker, LEAD).hours == 8


# -- the pure layouts


def test_layout_without_needs_raises_the_lowest_track() -> None:
    """Tracks 9, 7, 8 at skill 0: customers, then technology's equals in order of the lowest."""
    assert lay_out(3, (0, 0, 0), (0, 0, 0), (9, 7, 8)) == (0, 2, 1)


def test_points_fill_the_greatest_need_first() -> None:
    """Six points for needs 1, 4, 3: 4 and 2."""
    assert fill_needs(6, (1, 4, 3)) == (0, 4, 2)
    assert fill_needs(9, (1, 4, 3)) == (1, 4, 3)
