"""The outlook: what a seat can work out of the close of the phase, and nothing that it cannot."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Look
from makersphere_rules.ecosystem.table.entities import Sector, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.pro_rata import ProRata
from makersphere_rules.modules.waterfall import Waterfall
from makersphere_rules.seen.outlook import outlook
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, IVY, OLGA = 1, 2, 3, 4
A, B = 1, 2


def workshop(*more: Entity) -> Table:
    """Lay a table in incubation: Ann leads A with Bo, Ivy has promised 3 hours of technology, Olga has a workshop."""
    return given(
        maker(ANN, (5, 5, 5)),
        maker(BO, (5, 5, 5)),
        investor(IVY, "professional", "technology", badges=(OLGA,), hours=0),
        attrs.evolve(space(OLGA), spirit_bonus=1),
        venture(A, ANN, space=OLGA, cofounders=(BO,), tracks=(2, 6, 4)),
        Deal(1, 1, IVY, A, ANN, hours=3, fee=9),
        *more,
        modules=[Incubation()],
        credits={"venture:1": 3, "maker:1": 2},
    )


def seen(table: Table, seat: int, venture_: int = A) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the least and the most that a seat foresees of a venture."""
    found = outlook(table.state, seat)
    return found["least"][venture_], found["most"][venture_]


def test_a_lead_sees_its_hours_what_is_promised_and_the_odds() -> None:
    """Two hours alone make no roll; with three promised hours it is 2d6 + 1 + 1 + 0 against 7 + 1: 26 of 36."""
    table = workshop().when(ANN, "plan", technology=2, customers=0, business=0, day_job=0)
    least, most = seen(table, ANN)
    assert least == {"tracks": (5, 6, 4), "wanted": (10, 6, 4), "materials": 4, "credits": 4}
    assert most == {**least, "tracks": (11, 6, 4), "needed": 8, "added": 2, "ways": 26}


def test_what_was_seen_coming_comes_when_all_keep_their_word() -> None:
    """With nothing under seal but zeros, the close brings the tracks, and the roll the numbers, of the most."""
    table = workshop().when(ANN, "plan", technology=2, customers=0, business=0, day_job=0)
    table = table.when(ANN, "put_in", credits=2).when(BO, "plan", technology=0, customers=0, business=0, day_job=0)
    table = table.when(OLGA, "workshop", venture=A, track="business", hours=0)
    _, most = seen(table, ANN)
    venture_ = table.close().one(Venture, A)
    assert most["credits"] == 5
    assert most["tracks"] == venture_.tracks
    assert most["needed"] == venture_.roll["needed"]
    assert most["added"] == sum(venture_.roll[part] for part in ("spirit", "help", "misses"))


def test_a_lead_is_told_the_plan_that_rolls() -> None:
    """Technology lacks 2 beside what is promised: two hours of it do, and the rest stays where it was planned."""
    table = workshop().when(ANN, "plan", technology=0, customers=9, business=1, day_job=0)
    least, most = seen(table, ANN)
    assert "ways" not in most
    assert most["plan"] == (2, 8, 0)
    assert "plan" not in least
    plan = dict(zip(("technology", "customers", "business"), most["plan"], strict=True))
    _, changed = seen(table.when(ANN, "plan", **plan, day_job=0), ANN)
    assert changed["ways"] == 26
    assert "plan" not in changed


@pytest.mark.parametrize("hours", [0, 1])
def test_no_plan_is_told_that_would_not_roll(hours: int) -> None:
    """With fewer hours than two, nothing that the lead does brings the dice."""
    ann = attrs.evolve(maker(ANN, (5, 5, 5)), hours=hours, venture=A)
    _, most = seen(workshop(ann).when(ANN, "plan", technology=0, customers=hours, business=0, day_job=0), ANN)
    assert "ways" not in most
    assert "plan" not in most


def test_no_sealed_choice_of_another_is_in_it() -> None:
    """Whatever co-founder, investor and operator have sealed, the lead foresees the same."""
    table = workshop()
    before = outlook(table.state, ANN)
    table = table.when(BO, "plan", technology=9, customers=0, business=0, day_job=0)
    table = table.when(IVY, "deliver", venture=A, hours=1)
    table = table.when(OLGA, "workshop", venture=A, track="business", hours=1)
    assert outlook(table.state, ANN) == before


def test_an_investor_sees_what_is_kept_and_what_is_sold() -> None:
    """One hour of three: 2 points, a third of the fee, and 2 credits for each hour sold elsewhere."""
    table = workshop().when(IVY, "deliver", venture=A, hours=1)
    least, _ = seen(table, IVY)
    assert least == {"tracks": (4, 6, 4), "wanted": (10, 6, 4), "resold": 4, "fee": 3}


def test_an_operator_sees_what_its_workshop_adds() -> None:
    """Two hours of the workshop: 4 points on the track it names; with what is promised that makes a roll."""
    assert seen(workshop(), OLGA)[0]["tracks"] == (2, 6, 4)
    least, most = seen(workshop().when(OLGA, "workshop", venture=A, track="technology", hours=2), OLGA)
    assert least == {"tracks": (6, 6, 4), "wanted": (10, 6, 4)}
    assert (most["tracks"], most["ways"]) == ((12, 6, 4), 26)


def market(*more: Entity, price: str = "fair") -> Table:
    """Lay a table in the market: Ann's product A in health, of quality 10 and appeal 4, of which she knows 3 to 5."""
    product = venture(A, ANN, stage=3, born=True, tracks=(42, 38, 34), appeal=4)
    table = given(
        maker(ANN),
        maker(BO),
        investor(IVY),
        space(OLGA),
        Sector("health", 250, 250),
        attrs.evolve(product, lo=3, hi=5),
        *more,
        modules=[Market(), Waterfall()],
    )
    return table.when(ANN, "set_price", price=price).when(ANN, "set_reserve", reserve=50)


def test_a_board_sees_each_step_between_two_bounds() -> None:
    """Demand 213, outside 16: an appeal of 3 to 5 sells 138 to 162, each step follows; beside it stand other prices."""
    least, most = seen(market(), ANN)
    assert (least.pop("at_prices"), most.pop("at_prices")) == ((151, 138, 123), (171, 162, 149))
    assert least == {"sales": 138, "goods": 41, "wage": 8, "tax": 8, "reserve": 40, "dividend": 41, "yours": 49}
    assert most == {"sales": 162, "goods": 48, "wage": 8, "tax": 10, "reserve": 48, "dividend": 48, "yours": 56}


@pytest.mark.parametrize("price", ["low", "fair", "high"])
@pytest.mark.parametrize("rivals", ["low", "fair", "high"])
@pytest.mark.parametrize("appeal", [1, 3, 6])
def test_what_is_sold_lies_between_the_bounds(price: str, rivals: str, appeal: int) -> None:
    """Whatever a rival is worth and asks, sales are no less than the least and no more than the most."""
    rival = venture(B, BO, stage=3, born=True, tracks=(30, 30, 30), appeal=appeal)
    table = market(rival, price=price).when(BO, "set_price", price=rivals)
    least, most = seen(table, ANN)
    assert least["sales"] <= table.close().one(Venture, A).sales <= most["sales"]


def test_a_look_at_the_rival_narrows_the_bounds() -> None:
    """Who knows the rival's appeal foresees more exactly; who does not takes it for anything from 1 to 6."""
    rival = venture(B, BO, stage=3, born=True, tracks=(30, 30, 30), appeal=2)
    least, most = seen(market(rival), ANN)
    knowing = market(rival, Look(ANN, B, 2, 2))
    knows_least, knows_most = seen(knowing, ANN)
    assert least["sales"] < knows_least["sales"] <= knows_most["sales"] < most["sales"]


def test_hidden_appeal_and_sealed_prices_are_not_in_it() -> None:
    """Twins that differ in what nobody sees, and in a rival's sealed price, foresee the same."""
    rival = venture(B, BO, stage=3, born=True, tracks=(30, 30, 30), appeal=2)
    housed = attrs.evolve(rival, space=OLGA, lo=1, hi=6)
    table, twin = market(housed), market(attrs.evolve(housed, appeal=6))
    twin = twin.when(BO, "set_price", price="low")
    assert outlook(table.state, ANN) == outlook(twin.state, ANN)
    assert outlook(table.state, IVY) == {}


def test_shares_by_contribution_are_foreseen_too() -> None:
    """Under `pro_rata` there are goods, tax, and a part by what was contributed."""
    product = venture(A, ANN, stage=3, born=True, tracks=(42, 38, 34), appeal=4)
    worked = attrs.evolve(product, lo=4, hi=4, work={ANN: 3, BO: 1})
    table = given(maker(ANN), maker(BO), space(OLGA), Sector("health", 250, 250), worked, modules=[Market(), ProRata()])
    least, _ = seen(table, ANN)
    assert least["sales"] == least["goods"] + least["tax"] + least["dividend"]
    assert least["yours"] == 73  # three quarters of 97


def test_a_phase_without_numbers_foresees_nothing() -> None:
    """Where no module foresees anything there is no outlook."""
    table = given(maker(ANN), space(OLGA), modules=[Exchange()], phase="exchange")
    assert outlook(table.state, ANN) == {}
