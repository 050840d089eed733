"""Each order that the rulebook states is one tuple in code; sheets, pages, texts and clients are held to it.

What the code does is read off the events of a scene of the playthroughs. What people read is held to it word by word:
each step must stand after the one before it. Lists that a client writes by hand are found wherever they stand.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from makersphere_bots.standard import printed_values
from makersphere_playtest.playthrough.policy import chosen
from makersphere_rules import engine, shipped
from makersphere_rules.debrief.energy import COLUMNS
from makersphere_rules.ecosystem.figures.life import EXITS
from makersphere_rules.ecosystem.shared_steps import elimination, winding_up
from makersphere_rules.ecosystem.table import vocabulary
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event
from makersphere_rules.modules import (
    admission,
    exchange,
    incubation,
    market,
    negotiation,
    pro_rata,
    threshold,
    waterfall,
)
from tests.playthroughs.scenes import BO, DEE, MAX, OLGA, SCENES

ROOT: Final = Path(__file__).parents[3]
RULES: Final = " ".join((ROOT / "docs" / "rules.md").read_text(encoding="utf-8").replace("*", "").split())
FEWEST: Final = 3  # steps of an order that a list must name to be held to it


# -- what the code does


def closing(name: str, *more: Entity, silent: Iterable[int] = (DEE,)) -> tuple[Event, ...]:
    """Return the events of the close of a scene, with something else on its table."""
    state = SCENES[name].lay()
    for entity in more:
        state.put(entity)
    state.settle()
    at = engine.At(state.game.season, state.game.phase)
    sent: dict[int, frozenset[str]] = dict.fromkeys(state.seats(), frozenset())
    for _ in range(3):
        for seat in sorted({*state.seats()} - {*silent}):
            for command, args in chosen(seat, engine.legal(state, seat), sent[seat]):
                sent[seat] |= {command}
                engine.step(state, seat, engine.Order(command, args, at))
    events = engine.step(state, engine.ROOM, engine.Order("close"))
    assert isinstance(events, tuple)
    return events


def assert_carried_out(steps: Sequence[str], events: Iterable[Event], facts: Mapping[str, Iterable[str]]) -> None:
    """Assert that the facts of each step come after those of the step before, and that no step is missing."""
    assert list(facts) == list(steps)
    step_of = {fact: step for step, kinds in facts.items() for fact in kinds}
    happened = [step_of[event.type] for event in events if event.type in step_of]

    assert list(dict.fromkeys(happened)) == list(steps)
    assert happened == sorted(happened, key=[*steps].index)


def reasons(events: Iterable[Event]) -> list[str]:
    """Return the reasons of all payments, each once, in the order in which they were made."""
    return list(dict.fromkeys(one.reason for event in events for one in getattr(event, "postings", ())))


# -- what people read


def sheet_of(module: object) -> str:
    """Return what opens a file of the rules, on one line."""
    return " ".join((inspect.getdoc(module) or "").split())


@cache
def said(language: str) -> Mapping[str, str]:
    """Return all texts of a language."""
    folder = ROOT / "server" / "makersphere_protocol" / "texts" / language
    return {key: text for path in sorted(folder.glob("*.json")) for key, text in json.loads(path.read_bytes()).items()}


def assert_told(text: str, steps: Sequence[str], words: Mapping[str, str], after: str = "") -> None:
    """Assert that a text tells the steps in their order, each by its word, from some words on."""
    assert list(words) == list(steps)
    assert after in text, after
    place = text.index(after) + len(after)
    for step, word in words.items():
        found = text.find(word, place)
        assert found >= 0, f"{step} ({word}) is not told after the steps before it in: {text[place:][:300]}"
        place = found + len(word)


# -- what clients list


_BEGINNING: Final = re.compile(r"(?<!__all__ )= ([\[({])")
_NAMES: Final = re.compile(r'"([a-z_]+)"|\b([a-z_]+):')
_CLOSING: Final = {"[": "]", "(": ")", "{": "}"}


def written(source: str) -> Iterator[str]:
    """Yield the lists, tuples and mappings that a file writes down, each to its last bracket."""
    for found in _BEGINNING.finditer(source):
        opening, depth = found.group(1), 0
        for place in range(found.start(1), len(source)):
            depth += (source[place] == opening) - (source[place] == _CLOSING[opening])
            if depth == 0:
                yield source[found.start(1) : place]
                break


def lists_of(steps: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists that clients write of little but some steps, each with its file; other names are left out."""
    for path in [*(ROOT / "clients/web/src").rglob("*.ts*"), *(ROOT / "clients/makersphere_clients").rglob("*.py")]:
        if path.is_file():
            for text in written(path.read_text(encoding="utf-8")):
                names = [one or other for one, other in _NAMES.findall(text)]
                named = list(dict.fromkeys(name for name in names if name in steps))
                if len(named) >= max(FEWEST, len(names) / 2):
                    yield path.name, named


def assert_listed(steps: Sequence[str], *files: str) -> None:
    """Assert that clients list steps in their order wherever they do, and that these files do."""
    found = [*lists_of(steps)]
    for name, named in found:
        assert named == [step for step in steps if step in named], name
    assert {name for name, _ in found} >= {*files}


# -- the orders


def test_the_waterfalls_steps_are_told_in_the_rulebooks_order() -> None:
    """Goods, wages, fees, rent, tax, reserve, dividends: paid so, and told so by sheet, page, texts and clients."""
    steps, words = waterfall.STEPS, dict(zip(waterfall.STEPS, waterfall.STEPS, strict=True))
    chinese = dict(zip(steps, ("成本", "工资", "费用", "租金", "税", "留存", "分红"), strict=True))

    paid = reasons(event for event in closing("waterfall") if event.type in ("paid_out", "dividends_paid"))
    assert paid == [step for step in steps if step != "reserve"]
    assert_told(sheet_of(waterfall), steps, words, after="the chain:")
    assert_told(RULES, steps, words, after="Sales pay, in this order:")
    assert_told(said("en")["ui.rule.waterfall"], steps, {**words, "reserve": "till"})
    assert_told(said("zh")["ui.rule.waterfall"], steps, chinese)
    assert_listed(("sales", *steps), "outlook.tsx", "money.tsx", "outlook.py")
    assert [step for step in COLUMNS["step"] if step in steps] == [step for step in steps if step != "reserve"]


def test_the_steps_of_pro_rata_are_told_in_the_rulebooks_order() -> None:
    """Goods and tax come first; what they leave is split."""
    steps = pro_rata.STEPS

    assert reasons(event for event in closing("pro_rata") if event.type == "income_shared") == [*steps]
    assert_told(sheet_of(pro_rata), steps, {"goods": "goods", "tax": "tax", "dividend": "the rest"}, after="the sales:")
    assert_told(RULES, steps, {"goods": "goods", "tax": "tax", "dividend": "the rest"}, after="pro_rata` instead:")
    assert_told(said("en")["ui.rule.pro_rata"], steps, {"goods": "goods", "tax": "tax", "dividend": "split"})
    assert_told(said("zh")["ui.rule.pro_rata"], steps, {"goods": "成本", "tax": "税", "dividend": "剩下"})


def test_the_steps_of_appraisals_close_are_told_in_the_rulebooks_order() -> None:
    """Ventures are judged and wound up, then investors, then operators, then the indices are counted."""
    steps = elimination.STEPS
    facts = {
        "ventures": ("wild_card_spared",),
        "winding_up": ("venture_closed",),
        "investors": ("appraised",),
        "operators": ("upkeep_paid",),
        "indices": ("indices_counted",),
    }
    words = {
        "ventures": "ventures",
        "winding_up": "winding up",
        "investors": "investors",
        "operators": "operators",
        "indices": "indices",
    }
    on_the_page = {
        "ventures": "ventures close",
        "winding_up": "repay capital",
        "investors": "Investors",
        "operators": "upkeep",
        "indices": "indices are counted",
    }

    assert_carried_out(steps, closing("threshold"), facts)
    assert_told(sheet_of(threshold), steps, words, after="Closing, in this order:")
    assert_told(RULES, steps, on_the_page, after="Appraisal. Ratings are sealed.")


def test_the_reasons_for_which_a_venture_goes_are_told_in_the_rulebooks_order() -> None:
    """Insolvent, unfunded, unsold: of several that hold the first is told, and figures list them so."""
    reasons_, params = threshold.REASONS, threshold.ThresholdParams()
    words = dict(zip(reasons_, reasons_, strict=True))
    worst = changed(SCENES["threshold"].lay().one(Venture, 1), born=False, insolvent=True, sales=0)

    assert threshold.reason_to_go(worst, 9, params, 9) == "insolvent"
    assert threshold.reason_to_go(changed(worst, insolvent=False), 9, params, 9) == "unfunded"
    assert threshold.reason_to_go(changed(worst, insolvent=False, born=True), 9, params, 9) == "unsold"
    assert EXITS[: len(reasons_)] == reasons_
    assert_told(sheet_of(threshold), reasons_, words, after="in this order:")
    assert_told(RULES, reasons_, words, after="Appraisal. Ratings are sealed.")
    assert_listed(EXITS)


def test_what_a_closed_venture_pays_is_told_in_the_rulebooks_order() -> None:
    """Capital is paid back first, what is left goes by shares, then the space pays for the clearing."""
    steps = winding_up.STEPS
    words = {"preference": "capital paid in", "liquidation": "by shares", "clearing": "clearing"}

    assert [one for one in reasons(closing("bottom_share", silent=(DEE, OLGA))) if one in steps] == [*steps]
    assert_told(sheet_of(winding_up), steps, words)
    assert_listed(steps, "closing.tsx")
    assert [step for step in COLUMNS["step"] if step in steps] == [*steps]


def test_incubations_steps_are_told_in_the_rulebooks_order() -> None:
    """Earnings, materials, investors' hours, makers' hours, workshop, commons, and the roll at the end."""
    steps = incubation.STEPS
    facts = {
        "earnings": ("day_jobs_paid", "own_money_put_in"),
        "materials": ("materials_paid", "work_stopped"),
        "investors": ("hours_delivered",),
        "makers": ("makers_worked",),
        "workshop": ("workshop_given",),
        "commons": ("commons_drawn",),
        "roll": ("rolled",),
    }
    words = {
        "earnings": "day jobs",
        "materials": "materials",
        "investors": "investor hours",
        "makers": "makers'",
        "workshop": "workshop",
        "commons": "commons",
        "roll": "the roll",
    }
    on_the_page = {**words, "materials": "Materials", "investors": "Delivered hours", "roll": "2d6"}

    assert_carried_out(steps, closing("incubation"), facts)
    assert_told(sheet_of(incubation), steps, words, after="Closing, step by step")
    del on_the_page["earnings"]
    assert_told(RULES, steps[1:], on_the_page, after="Incubation.")


def test_exchanges_close_is_told_in_the_rulebooks_order() -> None:
    """Who said nothing accepts, then spirit fades, then the bonus of each space is fixed."""
    steps = exchange.STEPS
    facts = {
        "acceptances": ("exchange_made",),
        "spirit": ("spirit_faded",),
        "bonuses": ("bonuses_fixed",),
    }
    words = {"acceptances": "accepts", "spirit": "spirit fades", "bonuses": "bonus"}

    assert_carried_out(steps, closing("exchange", silent=(DEE,)), facts)
    assert_told(sheet_of(exchange), steps, words, after="Default:")
    assert_told(RULES, steps[1:], {"spirit": "spirit fades", "bonuses": "spirit bonus"}, after="Exchange.")


def test_admissions_close_is_told_in_the_rulebooks_order() -> None:
    """Co-founders join, ventures are founded, doors open, badges are given, by wild cards too; pitches come last."""
    steps = admission.STEPS
    facts = {
        "cofounders": ("cofounder_joined", "join_refused"),
        "ventures": ("venture_founded", "ideas_returned"),
        "doors": ("door_judged",),
        "badges": ("badges_kept",),
        "wild_cards": ("wild_card_played",),
        "listening": ("pitch_heard",),
    }
    words = {
        "cofounders": "co-founders join",
        "ventures": "ventures",
        "doors": "doors open",
        "badges": "badges",
        "wild_cards": "wild cards",
        "listening": "listened",
    }
    events = [*closing("admission", silent=(BO,))]
    by_wild_card = [event for event in events if event.type == "badges_kept"][-1]
    events.remove(by_wild_card)

    assert_carried_out(steps, events, facts)
    assert_told(sheet_of(admission), steps, words, after="Close:")


def test_markets_close_is_told_in_the_rulebooks_order() -> None:
    """Forecasts are kept before anything is sold, and sales are there before they are paid out."""
    facts = {"forecasts": ("forecasts_made",), "sales": ("sold",)}
    events = closing("waterfall")

    assert_carried_out(market.STEPS, events, facts)
    assert_told(sheet_of(market), market.STEPS, {"forecasts": "forecasts", "sales": "sales"}, after="Close:")
    assert_carried_out(("sales", "payout"), events, {"sales": ("sold",), "payout": ("paid_out", "dividends_paid")})


def test_negotiations_close_is_told_in_the_rulebooks_order() -> None:
    """Deals are shown, births are paid for, floors are met, and what is still open lapses."""
    steps = negotiation.STEPS
    facts = {
        "deals": ("deals_shown",),
        "births": ("birth_grants_paid",),
        "floors": ("deal_signed",),
        "lapses": ("sheets_lapsed",),
    }
    words = {"deals": "deals become public", "births": "births", "floors": "floors", "lapses": "lapse"}

    at_a_desk = changed(SCENES["negotiation"].lay().one(Venture, 4), space=OLGA)
    assert_carried_out(steps, closing("negotiation", at_a_desk, silent=(BO, MAX)), facts)
    assert_told(sheet_of(negotiation), steps, words, after="Close:")


def test_the_phases_of_a_season_stand_in_the_rulebooks_order() -> None:
    """From policy to recap, in every scenario, on the page, and in all that clients and bots list."""
    phases = vocabulary.PHASES

    for name in shipped.scenario_names():
        played = [phase.name for phase in shipped.scenario(name).phases if phase.name in phases]
        assert played == [phase for phase in phases if phase in played], name
    assert_told(
        RULES,
        phases,
        dict(zip(phases, (f"| {n} {phase}" for n, phase in enumerate(phases[:-1], 1)), strict=False))
        | {"recap": "| recap"},
    )
    assert_listed(phases, "rules_tab.tsx", "manual.tsx", "phases.ts", "story.py")


@pytest.mark.parametrize(
    ("order", "files"),
    [
        (vocabulary.ROLES, ("names.ts", "final.py")),
        (vocabulary.STAGES, ("names.ts", "names.py")),
        (vocabulary.TRACKS, ("names.ts", "names.py")),
        (vocabulary.SKILLS, ("names.ts", "names.py")),
        (vocabulary.PATHS, ("table.py",)),
        (vocabulary.PRICES, ()),
        (vocabulary.MEASURES, ("field.tsx", "fields.py")),
    ],
)
def test_what_clients_and_bots_list_stands_in_the_rulebooks_order(order: Sequence[str], files: Sequence[str]) -> None:
    """Roles, stages, tracks (of equal needs the first is served), skills, paths, prices and measures."""
    assert_listed(order, *files)


def test_the_bots_know_the_rulebooks_orders() -> None:
    """They import nothing of the rules, so what they repeat is compared."""
    assert printed_values.TRACKS == vocabulary.TRACKS
    assert printed_values.SKILLS == vocabulary.SKILLS
    assert printed_values.PATHS == vocabulary.PATHS


def test_the_measures_of_an_appraisal_are_told_in_the_rulebooks_order() -> None:
    """Service, growth, rating, competition: so are a space's weights given."""
    words = {"served": "service", "growth": "growth", "rating": "rating", "competition": "competition"}

    assert_told(RULES, vocabulary.MEASURES, words, after="Investors are scored by")
