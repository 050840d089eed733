"""Pro rata: goods, tax, and the rest by what each has contributed; nothing else is owed to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import attrs
from hypothesis import given as over
from hypothesis import strategies as st

from makersphere_rules.ecosystem.figures.energy import LEVELS, energy
from makersphere_rules.ecosystem.table.agreements import Deal, Lending
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.pro_rata import ProRata, ProRataParams, contributions
from tests.rules.table import Table, given, investor, maker, posted, space, venture

LEAD, MATE, FUND, PRO, OLGA = 1, 2, 3, 4, 5


def sold(sales: int, **more: object) -> Venture:
    """Return a product at a space that has sold for so much (and has the credits in its account)."""
    made = venture(1, LEAD, space=OLGA, stage=3, born=True, shares={LEAD: 7000, FUND: 3000})
    return attrs.evolve(made, **{"sales": sales, "work": {LEAD: 1}, **more})  # type: ignore[arg-type]


def share(found: Venture, *more: Entity, capital: int = 0, purse: Mapping[str, int] | None = None) -> Table:
    """Let one venture split its income; `capital` is what it has beside its sales."""
    return given(
        maker(LEAD),
        maker(MATE),
        investor(FUND, "fund"),
        investor(PRO, "professional"),
        space(OLGA),
        found,
        *more,
        modules=[ProRata()],
        credits={"venture:1": found.sales + capital, **(purse or {})},
    ).close()


def test_a_split_by_hand() -> None:
    """133: goods 39, tax 9 of 94, 85 left for 40 + 32 + 16 + 20 = 108 parts, which is 31 + 25 + 13 + 16.

    The lead worked 20 hours; the fund delivered 10 and paid 60 (12); the engineer delivered 8; the workshop gave 10.
    85 x 40, 32, 16, 20 div 108 = 31, 25, 12, 15 with remainders 52, 20, 64, 80: the two units left go to 64 and 80.
    """
    table = share(sold(133, work={LEAD: 20, FUND: 10, PRO: 8, OLGA: 10}, capital={FUND: 60}), capital=44)
    assert posted(table) == {"goods": 39, "tax": 9, "dividend": 85}
    got = [table.balance(name) for name in ("maker:1", "investor:3", "investor:4", "operator:5")]
    assert got == [31, 25, 13, 16]
    assert table.balance("venture:1") == 44
    assert table.one(Venture, 1).profit == 85
    assert ("income_shared", {"venture": 1, "credits": 85}) in [(line.text, line.values) for line in table.told()]


def test_cost_of_goods_follows_the_price() -> None:
    """100 at low, fair and high: 45, 30 and 15."""
    goods = [posted(share(sold(100, price=price)))["goods"] for price in ("low", "fair", "high")]
    assert goods == [45, 30, 15]


def test_shares_pay_nothing() -> None:
    """The fund holds 9,000 shares and contributed nothing: all goes to who worked."""
    table = share(sold(100, shares={LEAD: 1000, FUND: 9000}, work={LEAD: 3}))
    assert (table.balance("maker:1"), table.balance("investor:3")) == (63, 0)


def test_a_contribution_stays_with_whoever_made_it() -> None:
    """The mate has left the team and the space is another's; both are still paid for their hours."""
    table = share(sold(100, work={LEAD: 10, MATE: 10, OLGA: 10}, space=0))
    assert [table.balance(name) for name in ("maker:1", "maker:2", "operator:5")] == [21, 21, 21]


def test_less_than_five_credits_of_capital_count_nothing() -> None:
    """4 div 5 = 0, 5 div 5 = 1; an hour counts 2."""
    made = sold(0, work={LEAD: 1}, capital={FUND: 4, PRO: 5})
    assert contributions(made, ProRataParams()) == {LEAD: 2, FUND: 0, PRO: 1}


def test_what_nobody_worked_for_stays_in_the_venture() -> None:
    """No contribution, no split: goods and tax are paid, the rest is kept and no profit."""
    table = share(sold(100, work={}))
    assert posted(table) == {"goods": 30, "tax": 7}
    assert (table.balance("venture:1"), table.one(Venture, 1).profit) == (63, 0)


def test_no_wage_no_fee_and_no_rent_is_due() -> None:
    """Nothing sold, nothing there, a fee in the deal: nobody is paid, nobody is insolvent, the desk stays."""
    fee = Deal(1, 1, PRO, 1, LEAD, hours=4, fee=7, delivered=4, fee_due=7)
    table = share(sold(0), fee, purse={"maker:1": 5})
    found = table.one(Venture, 1)
    assert posted(table) == {}
    assert (found.insolvent, found.rent_unpaid, table.balance("maker:1")) == (False, False, 5)
    assert table.one(Deal, 1).fee_due == 0


def lay(*more: Entity, work: Mapping[int, int] | None = None, lead_has: int = 0) -> Table:
    """Lay a pilot at the space, with a promise of 4 hours, before it is worked on and sold."""
    pilot = venture(1, LEAD, space=OLGA, stage=2, born=True, tracks=(20, 20, 20), appeal=6, capital={FUND: 60})
    promise = Deal(1, 1, PRO, 1, LEAD, hours=4, fee=7)
    return given(
        maker(LEAD),
        maker(MATE),
        investor(FUND, "fund"),
        investor(PRO, "professional", "technology"),
        space(OLGA),
        attrs.evolve(pilot, work=work or {}),
        promise,
        *more,
        modules=[Incubation(), Market(), ProRata()],
        credits={"venture:1": 18, "maker:1": lead_has},
    )


def test_price_is_the_boards_but_there_is_no_reserve() -> None:
    """`set_reserve` is unknown here; the venture keeps 0 per cent."""
    table = lay()
    assert table.may(LEAD, "set_price")
    assert not table.may(LEAD, "set_reserve")
    table.when(LEAD, "set_reserve", reserve=80).refused("unknown_command")
    table.when(LEAD, "set_price", price="high").close()
    assert (table.one(Venture, 1).price, table.one(Venture, 1).reserve) == ("high", 0)


def test_hours_of_every_kind_count_as_they_are_worked() -> None:
    """The lead's 10 and 6 from before, 3 of 4 promised, 2 of the workshop, 5 lent, 60 credits div 5."""
    table = lay(Lending(1, 1, MATE, 1, 5), work={LEAD: 6})
    table.when(LEAD, "plan", technology=10, customers=0, business=0, day_job=0)
    table.when(PRO, "deliver", venture=1, hours=3)
    table.when(OLGA, "workshop", venture=1, track="business", hours=2).close()
    found = contributions(table.one(Venture, 1), ProRataParams())
    assert found == {LEAD: 32, MATE: 10, PRO: 6, OLGA: 4, FUND: 12}


def test_lost_hours_count_nothing() -> None:
    """Without materials nobody works, so nobody contributes."""
    table = lay(attrs.evolve(venture(2, MATE, space=OLGA, stage=2), appeal=6))
    table.close()
    assert contributions(table.one(Venture, 2), ProRataParams()) == {}


@over(
    sales=st.integers(0, 3000),
    price=st.sampled_from(("low", "fair", "high")),
    work=st.dictionaries(st.sampled_from((LEAD, MATE, FUND, PRO, OLGA)), st.integers(0, 200)),
    capital=st.dictionaries(st.sampled_from((FUND, PRO)), st.integers(0, 500)),
)
def test_every_credit_goes_somewhere(sales: int, price: str, work: dict[int, int], capital: dict[int, int]) -> None:
    """What came in is what was paid out and kept, level by level; whoever gave more gets no less."""
    table = share(sold(sales, price=price, work=work, capital=capital), capital=30)
    assert sum(posted(table).values()) + table.balance("venture:1") == sales + 30
    flows = energy(table.state)
    for level in LEVELS:
        assert flows[f"energy_{level}_in"] == flows[f"energy_{level}_passed"] + flows[f"energy_{level}_kept"]
    given_ = contributions(table.one(Venture, 1), ProRataParams())
    got = {LEAD: "maker:1", MATE: "maker:2", FUND: "investor:3", PRO: "investor:4", OLGA: "operator:5"}
    paid = {seat: table.balance(got[seat]) for seat in given_}
    for less, more in permutations(given_, 2):
        assert given_[less] >= given_[more] or paid[less] <= paid[more]
    assert sum(paid.values()) == table.one(Venture, 1).profit
