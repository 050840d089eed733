"""The words of a tuning: what its measures and settings are called, and its tables as rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_cli.reports import playtest_words
from makersphere_cli.speech.words import language, named
from makersphere_playtest.measured.certainty import is_outside, stretched, verdict
from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate
from makersphere_playtest.plans.tuning import Tried, Tuned
from makersphere_playtest.plans.tuning_aims import Aim
from makersphere_protocol import texts

__all__ = ["best", "head", "measure", "settings", "targets", "tell", "title", "told"]

_NAMED: Final = {"better_than": "role", "idle": "phase"}


def tell(key: str, **values: int | str) -> str:
    """Return a sentence of tunings, `tune.` left out of its key."""
    return texts.say(language(), f"tune.{key}", values, default=key)


def title(found: Tuned) -> str:
    """Return what was tuned."""
    return tell("title", scenario=named("scenario", str(found.task.source["name"])))


def head(found: Tuned) -> str:
    """Return how much was tried."""
    task = found.task
    counts = {"tried": len(found.tried), "games": task.games, "checks": task.checks}
    return tell("head_stopped" if found.stopped else "head", seats=task.seats, seed=task.seed, **counts)


def best(found: Tuned) -> str:
    """Return the best setting as a sentence."""
    return tell("best", values=_values(found.best.values)) if found.best.values else tell("as_is")


def _values(values: Mapping[str, int]) -> str:
    return playtest_words.listed(f"{path} = {value}" for path, value in values.items()) or tell("no_values")


def measure(name: str) -> str:
    """Return the name of a measure."""
    what, _, of = name.partition(".")
    match what:
        case "share":
            return tell("share", what=measure(of))
        case "background" | "kind" | "seat":
            return texts.say(language(), "playtest.target.fair", {"of": playtest_words.label(what, of)})
        case "better_than" | "idle":
            return f"{playtest_words.heading(what)}: {named(_NAMED[what], of)}"
        case _:
            return playtest_words.outcome(name)


def settings(found: Tuned) -> Iterator[list[str]]:
    """Yield the table of what was moved: its head, then a parameter to a row, a setting to a column."""
    yield [tell("value"), *(tell("setting", n=number) if number else tell("no_values") for number in _columns(found))]
    for knob in found.task.knobs:
        yield [knob.path, *(str(one.values.get(knob.path, knob.now)) for one in found.checked)]
    yield [tell("missed"), *(f"{one.miss:.2f}" for one in found.checked)]


def targets(found: Tuned) -> Iterator[list[str]]:
    """Yield the table of what was measured: its head, then an aim to a row, a setting to a column."""
    yield [tell("targets"), *(tell("setting", n=number) if number else tell("no_values") for number in _columns(found))]
    for aim in found.task.aims:
        name = tell("measure", name=measure(aim.name), lo=f"{aim.lo:g}", hi=f"{aim.hi:g}")
        yield [name, *(_value(found, aim, one) for one in found.checked)]


def _columns(found: Tuned) -> range:
    return range(len(found.checked))


def _value(found: Tuned, aim: Aim, one: Tried) -> str:
    estimate = one.measured.get(aim.name)
    if estimate is None:
        return "-"
    return f"{estimate.mean:.1f} ({playtest_words.interval(estimate)}) {told(found, aim, estimate)}"


def told(found: Tuned, aim: Aim, estimate: Estimate) -> str:
    """Return what is known of an aim in a setting; it is missed only if that is sure for all aims and settings."""
    asked = 1 - (1 - CONFIDENCE) / (len(found.task.aims) * len(found.checked))
    is_missed = is_outside(stretched(estimate, asked), aim.lo, aim.hi)
    return playtest_words.verdict(verdict(estimate, aim.lo, aim.hi, is_missed=is_missed))
