"""What decides about a seat can be known to it: scores and bars of doors, badges, appraisals, ventures, standings."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.shared_steps.elimination_events import Appraised
from makersphere_rules.ecosystem.shared_steps.winding_up import VentureClosed
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.modules.admission import Admission
from makersphere_rules.modules.admission.events import DoorJudged
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.bottom_share import BottomShare
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.none import NoElimination
from makersphere_rules.modules.threshold import Threshold, ThresholdParams
from makersphere_rules.seen.outlook import outlook
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.shipped import scenario
from tests.rules import harbour
from tests.rules.harbour import before_matching
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, CHEN, IVY, MAX, OLGA = 1, 2, 3, 5, 6, 9
SEASON = 2


def facts(table: Table, seat: int, kind: str) -> dict[str, dict[str, Any]]:
    """Return the facts of a kind in a seat's hand, by key."""
    found: dict[str, dict[str, Any]] = hand_of(table.state, seat).get(kind, {})
    return found


def fact(table: Table, seat: int, kind: str, key: object) -> dict[str, Any]:
    """Return a fact that is in a seat's hand."""
    return facts(table, seat, kind)[str(key)]


def knowing(table: Table, kind: str, key: object) -> list[int]:
    """Return the seats in whose hand a fact is; the table never shows it."""
    assert kind not in table_of(table.state)
    return [seat for seat in table.state.seats() if str(key) in facts(table, seat, kind)]


def private(table: Table, seat: int) -> list[tuple[str, dict[str, int | str]]]:
    """Return the lines that a seat is told and not everybody."""
    return [(line.text, dict(line.values)) for line in table.told(seat) if line.audience != (0,)]


# -- the door


def at_the_door(desks: int, bar: int = 36, founded: int = SEASON - 1) -> Table:
    """Let three makers pitch at Olga's: Ann is the best, Chen the worst; all know their idea's appeal to be 3."""
    skills = {ANN: (9, 9, 9), BO: (7, 7, 7), CHEN: (1, 1, 1)}
    makers = [maker(seat, skills[seat]) for seat in skills]
    own = [attrs.evolve(venture(seat, seat), lo=3, hi=3, founded=founded) for seat in skills]
    board = attrs.evolve(space(OLGA, stations=desks), maker_bar=bar)
    table = given(
        *makers,
        *own,
        board,
        investor(IVY),
        modules=[Admission()],
        phase="admission",
        season=SEASON,
        credits={"investor:5": 100},
    )
    for seat in skills:
        table.when(seat, "pitch", space=OLGA)
    return table.close()


def test_a_maker_learns_its_score_and_the_bar() -> None:
    """Whoever came in and whoever did not: skills + 3 x (1 + 5) + 2 x (10 - 7), as the space looked at its idea."""
    table = at_the_door(desks=3)
    seen = 3 * (1 + 5) + 2 * 3

    told = fact(table, ANN, "pitch", ANN)
    assert (told["score"], told["bar"], told["outcome"]) == (27 + seen, 36, "given")
    assert private(table, ANN) == [("door_open", {"maker": ANN, "space": OLGA, "score": 27 + seen, "bar": 36})]
    told = fact(table, CHEN, "pitch", CHEN)
    assert (told["score"], told["desks"], told["outcome"]) == (3 + seen, 3, "below")
    assert private(table, CHEN) == [("door_below", {"maker": CHEN, "space": OLGA, "score": 3 + seen, "bar": 36})]


def test_who_was_ahead_is_told_where_desks_ran_out() -> None:
    """Bo reached the bar: the one desk went to Ann, which everybody sees. Nobody else is named to anybody."""
    table = at_the_door(desks=1, bar=20)

    assert [fact(table, seat, "pitch", seat)["ahead"] for seat in (ANN, BO, CHEN)] == [[], [ANN], [ANN]]
    assert private(table, BO) == [("door_full", {"maker": BO, "space": OLGA, "score": 45, "bar": 20, "desks": 1})]
    assert fact(at_the_door(desks=1), CHEN, "pitch", CHEN)["ahead"] == []  # below the bar nobody is ahead


def test_a_new_idea_that_is_turned_away_is_worked_over() -> None:
    """It appeals 2 more and its maker knows it; an older venture and one that got a desk stay as they are."""
    older, new = at_the_door(desks=1, bar=20), at_the_door(desks=1, bar=20, founded=SEASON)

    assert [older.one(Venture, seat).appeal for seat in (ANN, BO, CHEN)] == [3, 3, 3]
    known = [(one.appeal, one.lo, one.hi) for one in (new.one(Venture, seat) for seat in (ANN, BO, CHEN))]
    assert known == [(3, 3, 3), (5, 5, 5), (5, 5, 5)]
    assert ("idea_worked_over", {"venture": BO, "lo": 5, "hi": 5}) in private(new, BO)


def test_a_pitch_is_known_to_its_maker_and_the_operator_alone() -> None:
    """The operator reads who came and with what; another maker and the investors nothing."""
    table = at_the_door(desks=1)

    for seat in (ANN, BO, CHEN):
        assert knowing(table, "pitch", seat) == [seat, OLGA]
    assert private(table, OLGA) == [("door_judged", {"space": OLGA, "asked": 3, "passed": 2, "admitted": 1})]
    assert [text for text, _ in private(table, IVY) if text.startswith("door")] == []


def test_a_wild_card_is_told_from_a_pitch_that_passed() -> None:
    """Chen comes in below the bar, and knows by what."""
    table = given(
        maker(CHEN, (1, 1, 1)), venture(1, CHEN), space(OLGA), modules=[Admission()], phase="admission", season=SEASON
    )
    table.act(OLGA, "wild_card", {"seat": CHEN}).when(CHEN, "pitch", space=OLGA).close()

    assert fact(table, CHEN, "pitch", CHEN)["outcome"] == "wild_card"
    assert [text for text, _ in private(table, CHEN)] == ["door_wild_card"]


# -- badges


def asking(board: Space, *more: Space, money: int = 100, **known: Any) -> Table:  # noqa: ANN401  (fields of an investor)
    """Open admission with Ivy, who asks all spaces for a badge, and Max, who does not."""
    ivy = attrs.evolve(investor(IVY), **known)
    table = given(
        maker(ANN),
        venture(1, ANN),
        ivy,
        attrs.evolve(investor(MAX), badges=(OLGA,)),
        board,
        *more,
        modules=[Admission()],
        phase="admission",
        season=3,
        credits={"investor:5": money},
    ).open()
    return table.when(IVY, "apply", spaces=[board.id, *(one.id for one in more)])


def test_before_it_asks_an_investor_knows_what_is_judged() -> None:
    """Printed 50, one appraisal of 31: 40; a badge lost two seasons ago: the bar + 10; nobody else is told."""
    table = asking(space(OLGA), appraisals=(31,), lost_badges={OLGA: 1})

    told = fact(table, IVY, "credential", IVY)
    assert told == {"investor": IVY, "season": 3, "score": 40, "bars": {str(OLGA): 55}}
    assert knowing(table, "credential", IVY) == [IVY]
    assert fact(table, MAX, "credential", MAX)["bars"] == {}  # it has the badge


def test_a_refused_investor_hears_it_with_score_and_bar() -> None:
    """So does the operator that it asked; to all others nothing has happened."""
    table = asking(space(OLGA), appraisals=(31,), lost_badges={OLGA: 1}).close()
    told = fact(table, IVY, "application", f"{IVY}:{OLGA}")

    assert (told["score"], told["bar"], told["outcome"], told["season"]) == (40, 55, "below", 3)
    line = ("badge_below", {"investor": IVY, "space": OLGA, "score": 40, "bar": 55})
    assert (private(table, IVY), private(table, OLGA)[-1:]) == ([line], [line])
    assert knowing(table, "application", f"{IVY}:{OLGA}") == [IVY, OLGA]
    assert private(table, MAX) == []


@pytest.mark.parametrize(
    ("money", "badges", "outcomes"),
    [(100, (), ("given", "given")), (11, (), ("given", "unpaid")), (100, (11,), ("given", "enough"))],
)
def test_an_investor_over_the_bar_hears_why_there_was_no_badge(
    money: int, badges: tuple[int, ...], outcomes: tuple[str, str]
) -> None:
    """Six credits each, two badges at most."""
    third = [space(11)] if badges else []
    table = given(
        attrs.evolve(investor(IVY), badges=badges),
        space(OLGA),
        space(10),
        *third,
        modules=[Admission()],
        phase="admission",
        credits={"investor:5": money},
    )
    table.when(IVY, "apply", spaces=[OLGA, 10]).close()

    found = tuple(fact(table, IVY, "application", f"{IVY}:{place}")["outcome"] for place in (OLGA, 10))
    assert found == outcomes
    assert [text for text, _ in private(table, IVY)] == [f"badge_{one}" for one in outcomes if one != "given"]


# -- appraisal


def judged(elimination: Threshold | BottomShare | NoElimination, *deals: Deal) -> Table:
    """Lay Ann's and Bo's born ventures, Ivy with a badge and these deals; open appraisal."""
    table = given(
        maker(ANN),
        maker(BO),
        maker(CHEN),
        attrs.evolve(investor(IVY), badges=(OLGA,)),
        investor(MAX),
        space(OLGA),
        attrs.evolve(venture(1, ANN, space=OLGA, born=True, stage=2, shares={ANN: 7000, IVY: 3000}), sales=20),
        attrs.evolve(venture(2, BO, space=OLGA, born=True, stage=3), sales=95),
        venture(3, CHEN),
        *deals,
        modules=[Appraisal(), elimination],
        season=SEASON - 1,
        credits={"operator:9": 100},
    )
    return table.open()


def deal(number: int, maker_: int, venture_: int) -> Deal:
    """Return a deal of Ivy's with no hours promised."""
    return Deal(number, SEASON - 1, IVY, venture_, maker_)


def test_an_investor_learns_the_four_measures_of_its_appraisal() -> None:
    """With the weights and the bar, and nobody else does, the operator neither."""
    table = judged(Threshold(), deal(1, ANN, 1), deal(2, BO, 2))
    table.act(ANN, "rate", {"seat": IVY, "score": 5}).act(BO, "rate", {"seat": IVY, "score": 2}).close()
    told = fact(table, IVY, "appraisal", f"{IVY}:{OLGA}")

    measures = [told[name] for name in ("served", "growth", "rating", "competition")]
    assert (measures, told["weights"], told["score"], told["bar"]) == ([60, 0, 70, 100], [3, 3, 2, 2], 52, 34)
    assert knowing(table, "appraisal", f"{IVY}:{OLGA}") == [IVY]
    values = {"investor": IVY, "space": OLGA, "served": 60, "growth": 0, "rating": 70, "competition": 100}
    assert ("appraisal_measures", values) in private(table, IVY)
    assert ("appraisal_bar", {"investor": IVY, "space": OLGA, "score": 52, "bar": 34}) in private(table, IVY)
    assert [text for text, _ in private(table, OLGA) if text.startswith("appraisal")] == []


def test_the_rating_of_a_single_lead_is_not_told() -> None:
    """What is shown of ratings are means of two or more."""
    table = judged(Threshold(), deal(1, ANN, 1))
    table.act(ANN, "rate", {"seat": IVY, "score": 2}).close()

    assert "rating" not in fact(table, IVY, "appraisal", f"{IVY}:{OLGA}")
    told = dict(private(table, IVY))
    assert told["appraisal_measures_one_rater"] == {
        "investor": IVY,
        "space": OLGA,
        "served": 30,
        "growth": 0,
        "competition": 100,
    }


def test_where_no_bar_takes_badges_none_is_told() -> None:
    """The last of a class go by `bottom_share`, nobody by `none`."""
    for elimination in (BottomShare(), NoElimination()):
        told = fact(judged(elimination, deal(1, ANN, 1)).close(), IVY, "appraisal", f"{IVY}:{OLGA}")
        assert "bar" not in told


def test_before_it_is_judged_a_venture_knows_the_bar_and_what_it_sold() -> None:
    """So do its shareholders and its operator, who may still do something; who goes is told in a line."""
    table = judged(Threshold())
    told = fact(table, ANN, "danger", 1)

    assert (told["sold"], told["bar"], told["reason"]) == (20, 25, "unsold")
    assert knowing(table, "danger", 1) == [ANN, IVY, OLGA]
    assert knowing(table, "danger", 3) == [CHEN]
    line = ("danger_unsold", {"venture": 1, "credits": 20, "space": OLGA, "bar": 25})
    assert [private(table, seat) for seat in (ANN, IVY, OLGA, BO)] == [[line], [line], [line], []]
    safe = fact(table, BO, "danger", 2)
    assert (safe["sold"], safe["bar"], safe["reason"]) == (95, 90, "")


def test_an_unborn_venture_knows_how_many_appraisals_it_has_left() -> None:
    """Founded in season 1 with two seasons to be born: one more; then it goes."""
    table = judged(Threshold())
    assert fact(table, CHEN, "danger", 3)["seasons_left"] == 1
    later = given(maker(CHEN), venture(3, CHEN), modules=[Appraisal(), Threshold()], season=SEASON).open()
    assert fact(later, CHEN, "danger", 3)["seasons_left"] == 0
    assert private(later, CHEN) == [("danger_unfunded", {"venture": 3, "credits": 0})]


def test_the_last_of_a_class_are_told_beforehand() -> None:
    """By `bottom_share` Ann's venture, which sold least, and no bar; by `none` nobody is in danger."""
    told = fact(judged(BottomShare()), ANN, "danger", 1)
    assert (told["reason"], told.get("bar")) == ("bottom", None)
    assert fact(judged(NoElimination()), ANN, "danger", 1)["reason"] == ""


def test_everyone_hears_by_how_much_a_venture_fell_short() -> None:
    """What it sold and the bar are on the table; the sentence puts them together."""
    table = judged(Threshold()).close()
    told = next(line for line in table.told() if line.text == "closed_below_bar")

    assert (told.values, told.audience) == ({"venture": 1, "credits": 20, "bar": 25}, (0,))


def test_in_the_market_a_board_foresees_what_it_has_to_sell() -> None:
    """Beside what it may sell; the module of elimination says it, though its own phase comes later."""
    source = scenario("quickstart")
    state = engine.new(source, SeededDice(b"o" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.phase != "market":
        engine.step(state, engine.ROOM, engine.Order("close"))
    found = next(one for one in state.all(Venture).values() if not one.closed)
    state.put(attrs.evolve(found, stage=2))

    told = outlook(state, found.lead)
    assert {told[side][found.id]["must_sell"] for side in ("least", "most")} == {
        source.params(ThresholdParams).pilot_bar
    }


# -- hours


def listed(**asks: list[int | str]) -> Table:
    """Lay the rulebook's matching, where Ivy has three packages and Max two; leads send these lists."""
    table = before_matching(modules=[Clearinghouse()])
    for name, investors in asks.items():
        table.act({"ann": harbour.ANN, "bo": harbour.BO, "chen": harbour.CHEN}[name], "rank", {"investors": investors})
    return table


def test_a_lead_learns_why_hours_did_not_come() -> None:
    """Max has two packages, for Ann and Bo: Chen's went to others. By default each list asks as far as it has to."""
    table = listed(ann=[harbour.MAX], bo=[harbour.MAX], chen=[harbour.MAX])
    table.act(harbour.MAX, "rank", {"ventures": [harbour.A, harbour.B]})
    table.act(harbour.IVY, "rank", {"ventures": [harbour.A]}).close()

    assert fact(table, harbour.ANN, "list_answer", harbour.ANN)["answers"] == {str(harbour.MAX): "given"}
    told = fact(table, harbour.CHEN, "list_answer", harbour.CHEN)
    assert (told["venture"], told["answers"]) == (harbour.C, {str(harbour.MAX): "full"})
    assert knowing(table, "list_answer", harbour.CHEN) == [harbour.CHEN]
    line = ("list_full", {"investor": harbour.MAX, "venture": harbour.C})
    assert line in private(table, harbour.CHEN)
    assert all(line not in private(table, seat) for seat in (harbour.ANN, harbour.MAX, harbour.OLGA))


def test_hours_that_were_left_are_told_as_left() -> None:
    """Ivy ranks nobody but Ann: for Bo she had hours left and none for him, and he is not told why."""
    table = listed(bo=[harbour.IVY]).act(harbour.IVY, "rank", {"ventures": [harbour.A]}).close()

    assert fact(table, harbour.BO, "list_answer", harbour.BO)["answers"] == {str(harbour.IVY): "free"}
    assert ("list_free", {"investor": harbour.IVY, "venture": harbour.B}) in private(table, harbour.BO)


def test_an_investor_learns_why_a_venture_took_none_of_its_hours() -> None:
    """Bo's venture hands in no list that names Ivy; two rounds are two places, and one of them stayed free."""
    table = listed(ann=[harbour.IVY], bo=[harbour.MAX], chen=[harbour.MAX])
    table.act(harbour.MAX, "rank", {"ventures": [harbour.B]})
    table.act(harbour.IVY, "rank", {"ventures": [harbour.B, harbour.A]}).close()

    told = fact(table, harbour.IVY, "list_answer", harbour.IVY)
    assert (told["venture"], told["answers"]) == (0, {str(harbour.B): "free", str(harbour.A): "given"})
    line = ("list_no_place", {"investor": harbour.IVY, "venture": harbour.B})
    assert line in private(table, harbour.IVY)


# -- standings


def test_a_standing_is_told_with_its_parts_to_its_seat() -> None:
    """They add up to it, in each role; others see the sum alone."""
    state = engine.new(scenario("quickstart"), SeededDice(b"p" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.phase != "recap":
        engine.step(state, engine.ROOM, engine.Order("close"))

    for seat in state.seats():
        told = hand_of(state, seat)["standing"]
        assert list(told) == [str(seat)]
        assert sum(told[str(seat)]["parts"].values()) == state.one(Score, seat).standings[-1]


# -- old logs


def test_facts_of_old_logs_tell_what_they_told() -> None:
    """Without scores and bars the lines are those of then, and no hand holds what was never counted."""
    assert [line.text for line in DoorJudged(OLGA, (ANN,), (BO,)).lines()] == ["door_closed"]
    old = Appraised(IVY, OLGA, 1, (30, 0, 50, 100), 39, False, (OLGA,), {}, {1: 39})  # noqa: FBT003
    assert [line.text for line in old.lines()] == ["appraised"]
    closed = VentureClosed(1, "unsold", 1, 0, 0, {}, ())
    assert [line.text for line in closed.lines()] == ["venture_closed"]
    table = given(investor(IVY), space(OLGA), modules=[Threshold()])
    old.apply(table.state)
    assert facts(table, IVY, "appraisal") == {}
    assert table.one(Investor, IVY).appraisal == 39
