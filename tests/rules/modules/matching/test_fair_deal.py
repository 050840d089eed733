"""What the sheet of an offer begins with, and what its terms come to, for the seat that writes or signs it."""

from __future__ import annotations

import attrs

from makersphere_rules import engine
from makersphere_rules.ecosystem.table.agreements import Pair, Sheet
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.entity import Entity
from makersphere_rules.forms import Start
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, B, C, before_matching
from tests.rules.table import Table, investor, venture


def harbour(*more: Entity, credits: dict[str, int] | None = None) -> Table:  # noqa: A002  (the game's word)
    """Return the matching phase of the rulebook's "A season in numbers", with negotiation alone."""
    return before_matching(*more, modules=[Negotiation()], credits=credits)


def start(table: Table, seat: int, option: int, name: str = "send_terms") -> Start:
    """Return what a seat's form begins with for one of its choices."""
    (found,) = [one for one in engine.starts(table.state, seat, [name])[name] if option in one.options]
    return found


def comes_to(table: Table, seat: int, **args: int | str) -> dict[str, int]:
    """Return what the terms of a sheet come to."""
    name = "answer_terms" if "sheet" in args else "send_terms"
    return dict(engine.numbers(table.state, seat, name, args))


# -- what a sheet begins with


def test_a_sheet_begins_with_the_credits_of_a_birth_for_a_fair_share() -> None:
    """60 credits for 30 %: the whole counts as 200, a sixth above the 171 of the default floor (60 for 35 %)."""
    table = harbour()
    assert start(table, IVY, B).values == {"credits": 60, "shares": 3000}
    assert start(table, BO, IVY).values == {"credits": 60, "shares": 3000}


def test_what_a_sheet_begins_with_can_be_sent_by_everybody_to_everybody() -> None:
    """Whatever the purse, the search and the desk: what a form says is taken as it stands."""
    for purse in (22, 30, 64, 70, 500):
        credits_ = {f"investor:{seat}": purse for seat in (IVY, MAX)} | {"maker:1": 40, "maker:2": 40}
        for seat in (IVY, MAX, ANN, BO):
            for one in engine.starts(harbour(credits=credits_).state, seat, ["send_terms"])["send_terms"]:
                for option in one.options if one.values else ():
                    table = harbour(credits=credits_)
                    table.act(seat, "send_terms", {one.field: option, **one.values}).then("terms_sent")


def test_the_most_is_what_is_left_after_the_search() -> None:
    """Ivy has 144, and approaching Bo costs 4: at 140 it is sent, at 141 refused; a paid search costs nothing more."""
    table = harbour()
    assert start(table, IVY, B).most["credits"] == 140
    table.when(IVY, "send_terms", venture=B, credits=141).refused("cannot_afford", "credits")
    table.when(IVY, "send_terms", venture=B, credits=140).then("terms_sent")
    assert start(table, IVY, B).most["credits"] == 140, "the open sheet would be freed"


def test_who_cannot_pay_a_birth_begins_with_what_it_can_pay() -> None:
    """34 credits and a search of 4 leave 30, for as fair a share; 23 leave less than a deal needs."""
    assert start(harbour(credits={"investor:4": 34}), IVY, B).values == {"credits": 30, "shares": 1750}
    assert start(harbour(credits={"investor:4": 23}), IVY, B).values == {"hours": 4, "fee": 0, "shares": 300}


def test_a_dear_package_begins_with_what_can_be_sent() -> None:
    """Four hours give 600 shares, a credit of fee counting as 50: 11 and 250 begin as 11 and 50, 20 as 12 and none."""
    for fee, shares, begins in ((11, 250, (11, 50)), (7, 250, (7, 250)), (20, 100, (12, 0))):
        dear = attrs.evolve(investor(MAX, "professional", badges=(OLGA,)), fee=fee, shares=shares)
        table = harbour(dear, credits={"investor:5": 19})
        values = start(table, MAX, C).values
        assert values == {"hours": 4, "fee": begins[0], "shares": begins[1]}
        assert start(table, CHEN, MAX).values == values
        table.when(MAX, "send_terms", venture=C, **values).then("terms_sent")


def test_a_lead_who_must_keep_its_shares_begins_with_no_package() -> None:
    """At 25 shares an hour 4 cost 100; with 1,005 Chen keeps its 1,000 only if it gives less than 50."""
    held = {CHEN: 1005, BO: 8995}
    assert start(harbour(venture(C, CHEN, shares=held), credits={"investor:4": 23}), IVY, C).values == {}


def test_no_package_is_begun_with_before_hours_come() -> None:
    """Where hours come in a later season a form begins with nothing; where a fee alone does, with none."""
    for comes, values in (("hours", {}), ("fee", {"hours": 4, "fee": 0, "shares": 250})):
        dear = attrs.evolve(investor(MAX, "professional", badges=(OLGA,)), fee=7, shares=250)
        table = harbour(dear, credits={"investor:5": 19})
        table.state.scenario = attrs.evolve(table.state.scenario, introduced={f"send_terms.{comes}": 4})
        assert start(table, MAX, C).values == values
        assert start(table, CHEN, MAX).values == values


def test_a_born_venture_is_offered_two_seasons_at_what_it_earns() -> None:
    """Its till and three times its last profit count in: the same credits are a smaller share."""
    born = venture(B, BO, space=6, stage=2, born=True, capital={MAX: 60}, shares={BO: 7000, MAX: 3000})
    table = harbour(attrs.evolve(born, profit=20), credits={"venture:2": 30})
    values = start(table, IVY, B).values
    assert 20 <= values["credits"] <= 60
    whole = 140 + 30 + 60 + values["credits"]
    assert abs(values["shares"] - 10_000 * values["credits"] // whole) <= 25


def test_a_lead_asks_no_more_than_the_table_shows_of_a_purse() -> None:
    """What an investor has signed or set aside for others in this phase does not show."""
    table = harbour(venture(C, CHEN), Pair(CHEN, IVY))
    before = start(table, BO, IVY)
    table.when(IVY, "send_terms", venture=C, credits=60, shares=3000).then("terms_sent")
    assert start(table, BO, IVY) == before
    assert before.most["credits"] == 144


# -- what terms come to


def test_the_terms_of_an_offer_come_to_a_value_of_the_whole() -> None:
    """60 for 25 %: the whole counts as 240; 171 to 228 is usual, in tens; it is the birth, and the search costs 4."""
    told = comes_to(harbour(), IVY, venture=B, credits=60, shares=2500)
    assert (told["worth"], told["usual_least"], told["usual_most"]) == (240, 170, 220)
    assert (told["till"], told["till_after"], told["born"], told["search"]) == (0, 60, 1, 4)
    assert (told["keeps"], told["keeps_after"]) == (10_000, 7500)


def test_an_offer_buys_seasons_of_materials_and_rent() -> None:
    """Credits by materials and rent of a season, no more than there are seasons left."""
    table = harbour()
    told = comes_to(table, IVY, venture=B, credits=60, shares=2500)
    rent = table.one(Space, 6).rent
    assert told["upkeep"] > rent > 0
    assert told["buys"] == told["lasts"] == min(told["left"], 60 // told["upkeep"])


def test_hours_alone_have_no_price_of_the_whole() -> None:
    """Only credits against shares say what the whole counts as."""
    assert "worth" not in comes_to(harbour(), IVY, venture=B, hours=4, shares=300)
    assert "worth" not in comes_to(harbour(), IVY, venture=B, credits=60)


def test_a_lead_is_told_what_a_signature_brings() -> None:
    """The till before the shares; a decline comes to nothing."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    (sheet,) = table.state.all(Sheet).values()
    told = comes_to(table, BO, sheet=sheet.id, answer="accept")
    assert (told["till"], told["till_after"], told["keeps_after"], told["worth"]) == (0, 60, 7000, 200)
    assert comes_to(table, BO, sheet=sheet.id, answer="decline") == {}


def test_an_offer_is_told_nothing_of_what_others_have_signed_meanwhile() -> None:
    """Ivy's deal shows to Bo and Ivy; Max reads the same numbers as before, and may offer a birth still."""
    table = harbour()
    terms = {"venture": B, "credits": 60, "shares": 2500}
    before, begin = comes_to(table, MAX, **terms), start(table, MAX, B)
    table.when(IVY, "send_terms", venture=B, credits=60, shares=3000).when(BO, "answer_terms", sheet=1, answer="accept")
    assert (comes_to(table, MAX, **terms), start(table, MAX, B)) == (before, begin)
    own = comes_to(table, IVY, **terms)
    assert (own["till"], own["keeps"]) == (60, 7000)
    assert "born" not in own
    assert comes_to(table, BO, investor=MAX, credits=60, shares=2500)["till"] == 60


def test_a_garage_has_no_rent() -> None:
    """Its upkeep is materials alone."""
    table = harbour(venture(C, CHEN), attrs.evolve(investor(IVY), badges=()))
    told = comes_to(table, IVY, venture=C, credits=60, shares=2500)
    assert told["upkeep"] == 4
