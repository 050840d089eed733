"""The words of a playtest: what its sections, numbers, targets and warnings are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from makersphere_cli.reports.comparison_words import DOWN, UP, change
from makersphere_cli.speech.words import language, named
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.measured.rulebook_targets import Target
from makersphere_playtest.measured.sections import Section
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.plans.findings import Findings, Warned
from makersphere_playtest.plans.sides import Cell
from makersphere_playtest.plans.suspects import Suspect
from makersphere_protocol import texts

__all__ = [
    "SEEN",
    "cell",
    "foot",
    "head",
    "heading",
    "interval",
    "label",
    "listed",
    "outcome",
    "policy",
    "seen",
    "suspect",
    "target",
    "tell",
    "value",
    "verdict",
    "wanted",
    "warned",
]

_NAMED: Final = {"background": "background", "kind": "kind", "idle": "phase", "better_than": "role"}
SEEN: Final = (0.1, 0.9)  # shares of all games between which what a class will see is told
_ROLES: Final = ("kept_", "ahead_", "comeback_", "decided_", "first_", "changes_", "spread_")
_SIGNED: Final = frozenset({"background", "kind", "seat", "swaps"})  # differences
_OF_ROLE: Final = frozenset({"spread", "contest", "changes"})


def tell(key: str, **values: int | str) -> str:
    """Return a sentence of playtests, `playtest.` left out of its key."""
    return texts.say(language(), f"playtest.{key}", values, default=key)


def listed(names: Iterable[str]) -> str:
    """Return names in a row, with commas."""
    return texts.joined(language(), names)


def heading(section: str) -> str:
    """Return a section's heading."""
    return tell(f"section.{section}")


def head(found: Findings) -> str:
    """Return what was played."""
    return tell("head", games=found.games, seats=found.seats, seed=found.seed, players=_players(found))


def foot() -> str:
    """Return how to read the numbers."""
    return tell("foot", up=UP, down=DOWN)


def _players(found: Findings) -> str:
    some = [named("role", role) + ": " + name for role, name in found.players.items() if role != "any"]
    return listed([*some, found.players["any"]])


def label(section: str, name: str) -> str:
    """Return the label of a line in a section."""
    if section == "commands":
        return tell("command", words=named("command", name), name=name)
    if section in _NAMED:
        return named(_NAMED[section], name)
    if section in ("seat", "idle_seat"):
        return tell("seat", n=name)
    if section == "suspense":
        season, _, role = name.partition("_")
        return tell("suspense", n=season, role=named("role", role))
    if section == "modules":
        return name
    if section == "swaps":
        return swap(name)
    if section == "exits":
        return named("figure", name)
    if section == "bids":
        return named("kind", name.removeprefix("bids_"))
    what, _, role = name.rpartition("_")
    if section in _OF_ROLE:
        return tell(what, role=named("role", role))
    return named("outcome", name)


def outcome(name: str) -> str:
    """Return what an outcome of a game is called."""
    if name.startswith(_ROLES):
        return label("contest", name)
    return label("exits" if name.startswith("exits_") else "course", name)


def swap(key: str) -> str:
    """Return what the one swapped seat was bound to, read from the key of a cell."""
    role, _, name = key.partition(": ")
    return tell("swap", role=named("role", role), policy=policy(name))


def policy(name: str) -> str:
    """Return what a policy is like."""
    return texts.say(language(), f"policy.{name}", default=name)


def suspect(one: Suspect) -> str:
    """Return what a suspect of the hunt does."""
    return swap(one.key) if one.role else plotted(one.name)


def plotted(name: str) -> str:
    """Return what a plot is like, who gives what to whom, and its name."""
    return tell("command", words=texts.say(language(), f"plot.{name}", default=name), name=name)


def value(section: Section | str, estimate: Estimate) -> str:
    """Return a mean as people read it: a difference with its sign."""
    name = section if isinstance(section, str) else section.name
    return f"{estimate.mean:+.1f}" if name in _SIGNED else f"{estimate.mean:.1f}"


def cell(one: Cell) -> str:
    """Return what a side of a comparison brings, with its interval, and a mark where it surely differs."""
    return f"{one.estimate.mean:.1f} {change(one)}".rstrip() + f" ({interval(one.estimate)})"


def seen(spread: Spread) -> str:
    """Return what eight of ten games bring."""
    return tell("interval", lo=f"{spread.quantile(SEEN[0]):.0f}", hi=f"{spread.quantile(SEEN[1]):.0f}")


def interval(estimate: Estimate) -> str:
    """Return the 95 % interval."""
    return tell("interval", lo=f"{estimate.lo:.1f}", hi=f"{estimate.hi:.1f}")


def target(one: Target) -> str:
    """Return what a target asks, and of whom."""
    return tell(f"target.{one.name}", of=_of(one))


def _of(one: Target) -> str:
    kind, _, name = one.of.partition(".")
    match one.name:
        case "fair":
            return label(kind, name)
        case "busy":
            return named("phase", one.of)
        case "forbidden" | "naive":
            return swap(one.of)
        case "path":
            return policy(one.of)
        case "used":
            return label("commands", one.of)
        case _:
            return named("role", one.of) if one.of else ""


def wanted(one: Target) -> str:
    """Return the bounds of a target."""
    if one.lo is None:
        return tell("at_most", hi=f"{one.hi:g}")
    if one.hi is None:
        return tell("at_least", lo=f"{one.lo:g}")
    return tell("between", lo=f"{one.lo:g}", hi=f"{one.hi:g}")


def verdict(name: str) -> str:
    """Return whether a target is met or missed, likely met, or that it takes more games to tell."""
    return tell(f"verdict.{name}")


def _why_refused(move: Mapping[str, Any]) -> str:
    """Return the sentence of a refusal, as whoever had sent the move would read it."""
    own = f"{move['command']}.{move['field']}"  # of a field that is called otherwise here than in other commands
    field = own if texts.say(language(), f"field.{own}") else move["field"]
    values = {"field": field, "command": move["command"], **move["values"]}
    by_code = texts.say(language(), f"refusal.{move['code']}", values)
    return texts.say(language(), f"refusal.{move['text']}", values, by_code)


def warned(one: Warned) -> str:
    """Return a warning as a sentence."""
    values = dict(one.values)
    if one.text == "refused_move":
        key = "warning.refused_move.one" if values["count"] == 1 else "warning.refused_move"
        told = {name: values[name] for name in ("policy", "count", "game", "season")}
        return tell(key, **told, sent=values["command"], why=_why_refused(values))  # as it is called over the wire
    for name, section in (("who", one.text.partition("_")[0]), ("phase", "idle"), ("swap", "swaps")):
        if name in values:
            values[name] = label(section, str(values[name]))
    if "plot" in values:
        values["plot"] = plotted(str(values["plot"]))
    return tell(f"warning.{one.text}", **values)
