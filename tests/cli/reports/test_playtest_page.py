"""The pages of a playtest: what one game brings, bounds where a target is, a curve for each swept value."""

from __future__ import annotations

from html import escape
from random import Random
from typing import Any

import attrs
import pytest

from makersphere_cli.reports import playtest_html, svg_pictures
from makersphere_cli.reports import playtest_words as words
from makersphere_cli.reports.svg_pictures import Bar, Dose
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.plans.findings import Findings, Warned, findings
from makersphere_playtest.plans.playtests import Played
from makersphere_playtest.plans.sweeps import Plan, plan, source_of, sweep
from makersphere_rules import shipped
from tests.playtest.made_up_games import game, games

ROLES = {"maker": 7, "investor": 4, "operator": 1}


def _plan(number: int, **more: Any) -> Plan:  # noqa: ANN401  (whatever `plan` takes)
    return plan(source_of(shipped.scenario_source("classroom")), 12, number, 1, **more)


def _swept() -> Findings:
    """Return a sweep of two values, of which the second one brings three births more."""
    planned = _plan(40, sweeps=[sweep("market.outside_weight=4,20", shipped.scenario("classroom"))])
    rows, rng = [], Random(3)
    for number in range(40):
        base = game(rng, number)
        more = {**base["outcomes"], "births": base["outcomes"]["births"] + 3}
        outcomes = (base["outcomes"], base["outcomes"], more)
        rows += [{**base, "outcomes": one, "cell": cell.key} for one, cell in zip(outcomes, planned.cells, strict=True)]
    return findings(Played(planned, rows))


def test_a_page_shows_what_one_game_brings_and_where_a_target_is() -> None:
    """Columns of scores and outcomes, a band behind groups and seats, and what eight of ten games bring."""
    found = findings(Played(_plan(60), [*games(60, 2)]))
    page = playtest_html.page(found)
    assert page.count('class="column"') > 20
    assert page.count('class="band"') >= 7 + 4 + 12  # backgrounds, kinds, seats
    course = next(section for section in found.sections if section.name == "course")
    births = next(line for line in course.lines if line.name == "births")
    assert births.spread is not None
    assert f"<td>{words.seen(births.spread)}</td>" in page


def test_a_sweep_is_a_curve_whose_sure_bends_come_first() -> None:
    """The outcome that surely changes is drawn before others and marked; every mean in the table has its interval."""
    found = _swept()
    page = playtest_html.page(found)
    births = next(row for row in found.sensitivities[0].rows if row.outcome == "births")
    assert [cell.is_sure for cell in births.cells] == [False, False, True]
    curves = page.partition('class="path"')[0]
    assert curves.rpartition("<h2>")[2].startswith(words.outcome("births"))
    assert words.cell(births.cells[2]) in page
    assert "▲ (" in words.cell(births.cells[2])


def test_a_command_is_called_by_its_words_and_its_name() -> None:
    """Who writes rules looks for the name, who plays knows the words."""
    assert words.label("commands", "send_terms") == "Send offer (send_terms)"


def test_a_lesson_page_says_nothing_that_chance_can_say() -> None:
    """Sixty games in which all groups are alike: no group and no seat is named, and eight of ten games are told."""
    for seed in range(5):
        found = findings(Played(_plan(60), [*games(60, seed)]))
        page = playtest_html.lesson(found, playtest_html.Room(ROLES, 30, 40, ()), 45, 12)
        assert "their role" not in page
        assert "above the role" not in page
        assert "in eight of ten games" in page


def test_what_pays_too_much_is_for_people_who_change_rules() -> None:
    """A page of a playtest says it in a sentence, a lesson page does not."""
    said = (
        Warned("pays", {"swap": "maker: joins", "by": 13, "most": 10}),
        Warned("keeps", {"swap": "operator: ready", "share": 80, "most": 67}),
        Warned("plot", {"plot": "swap-all", "by": 20, "most": 8}),
    )
    found = attrs.evolve(findings(Played(_plan(20), [*games(20, 1)])), warnings=said)
    lesson = playtest_html.lesson(found, playtest_html.Room(ROLES, 30, 40, ()), 45, 12)
    for one in said:
        sentence = escape(words.warned(one))
        assert sentence in playtest_html.page(found)
        assert sentence not in lesson


def test_columns_hold_every_value() -> None:
    """Few whole numbers have a column each, many values as many as were asked for; none is lost."""
    few = Spread.of([2, 2, 3, 5]).columns(24)
    assert few == [(1.5, 2.5, 2), (2.5, 3.5, 1), (3.5, 4.5, 0), (4.5, 5.5, 1)]
    rng = Random(1)
    for values in ([rng.gauss(0, 400) for _ in range(300)], [rng.random() for _ in range(300)], [0.5], [7.0]):
        found = Spread.of(values).columns(24)
        assert len(found) <= 24
        assert sum(count for _, _, count in found) == len(values)


def test_spreads_of_parts_are_the_spread_of_the_whole() -> None:
    """Workers' counts add up, and a quantile is a value that was there."""
    whole, part = Spread.of(range(1, 11)), Spread.of(range(1, 4))
    part.merge(Spread.of(range(4, 11)))
    assert part == whole
    assert [whole.quantile(share) for share in (0.1, 0.5, 0.9, 1)] == [1, 5, 9, 10]
    with pytest.raises(ValueError, match="no games"):
        Spread().quantile(0.5)


@pytest.mark.parametrize("spread", [0.0, 9.0])
def test_pictures_draw_inside_their_frame(spread: float) -> None:
    """Bands without an end reach the edge; values that are all alike are drawn too."""
    found = Estimate(5, 5 - spread, 5 + spread)
    bars = [Bar("one", "5", found, band) for band in ((None, 0.0), (0.0, None), (4.0, 6.0), (None, None))]
    drawn = svg_pictures.intervals("x", bars)
    assert drawn.count('class="band"') == 3
    assert "-" not in drawn.partition("<rect")[2].partition("/>")[0].replace('class="band"', "")
    drawn = svg_pictures.curve("x", [Dose(4, found), Dose(8, attrs.evolve(found, mean=6), "▲")], found)
    assert (drawn.count("<circle"), drawn.count("▲")) == (2, 1)
    assert svg_pictures.curve("x", [Dose(4, found)], found).count("<circle") == 1
