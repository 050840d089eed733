"""What a playtest found: sections of numbers with intervals, and what they warn of, as plain data.

Says nothing in any language: names are keys of texts, and values fill them. `rulebook_targets.py` compares the numbers
with what the rulebook wants. Games are read one after the other and none is kept, so that a million need no more memory
than a thousand. All that is claimed, that a group is far off, that a value changes something, that a target is missed,
is corrected for the number of all claims together (`certainty.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from statistics import fmean
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import RESTRICTED
from makersphere_bots.levels import LEVELS
from makersphere_playtest.games.headless import ANY
from makersphere_playtest.measured.certainty import Claim, holm, outside
from makersphere_playtest.measured.intervals import CONFIDENCE
from makersphere_playtest.measured.rulebook_targets import NO_PATH, PATHS, Swapped, Target, targets
from makersphere_playtest.measured.sections import Line, Section, sections
from makersphere_playtest.measured.tally import Tally
from makersphere_playtest.plans.hunt import Chase, Hunted, hunted
from makersphere_playtest.plans.places import place_of_one
from makersphere_playtest.plans.playtests import Played
from makersphere_playtest.plans.sides import Row, Sides, claims, marked, plain
from makersphere_playtest.plans.sweeps import AsIs, Cell, Plan, Sweep
from makersphere_playtest.plans.watched_game import Row as Game

__all__ = ["Findings", "Sensitivity", "Warned", "findings"]

_FAIR: Final = ("background", "kind", "seat")
_OFF: Final = 8  # per cent that a group may be away from its role
_BOUND: Final = frozenset(("random", "ready", "yellow", *RESTRICTED))  # policies that a seat should lose by
_ALL_HARD: Final = {ANY: LEVELS["hard"]}
_IDLE: Final = 20  # per cent of the seasons in which a seat may have nothing to do
_SORT: Final = ("policy", "command", "code", "text", "field")  # what tells refusals apart
_COMMONEST: Final = 3  # sorts of refused moves that are said of each policy
_SHOWN: Final = 20  # failed games, and policies that failed: the others are counted

_Games = Mapping[str, Game]  # one game on each side, by the key of its cell


@attrs.frozen
class Sensitivity:
    """What a swept parameter does: for each outcome the scenario as it is, then each value."""

    path: str
    rows: tuple[Row, ...]


@attrs.frozen
class Warned:
    """A warning: the key of a sentence, and the values that fill it; of a refused move its own in `values`."""

    text: str
    values: Mapping[str, Any]


@attrs.frozen
class Findings:
    """Everything that a playtest found.

    Attributes:
        games: played of the scenario as it is.
        hunt: what is known of each suspect, where they were hunted.
        never: commands that were legal and never sent.
        faults: policies that failed, the first of them.
        failed: games in which the rules broke, the first of them.
        more_faults: how many more policies failed.
        more_failed: in how many more games the rules broke.
    """

    scenario: str
    seats: int
    seed: int
    games: int
    players: Mapping[str, str]
    sections: tuple[Section, ...]
    sensitivities: tuple[Sensitivity, ...]
    targets: tuple[Target, ...]
    warnings: tuple[Warned, ...]
    never: tuple[str, ...]
    faults: tuple[Mapping[str, Any], ...]
    failed: tuple[Mapping[str, Any], ...]
    stopped: bool
    lost: bool
    missing: int
    deaths: int
    more_faults: int = 0
    more_failed: int = 0
    hunt: tuple[Hunted, ...] = ()

    def section(self, name: str) -> Section | None:
        """Return a section by name."""
        return next((one for one in self.sections if one.name == name), None)

    def tree(self) -> dict[str, Any]:
        """Return the findings ready for JSON."""
        verdicts = [{**plain(one), "verdict": one.verdict} for one in self.targets]
        return {**plain(self), "targets": verdicts, "confidence": CONFIDENCE}


def findings(played: Played) -> Findings:
    """Return what came of a playtest.

    Raises:
        ValueError: not one game of the scenario as it is came to its end.
    """
    plan = played.plan
    read = _Read(plan)
    for rows in played.by_game():
        read.add(rows)
    if read.as_is is None:
        raise ValueError("no game came to its end")
    found = Findings(
        scenario=plan.scenario,
        seats=plan.seats,
        seed=plan.seed,
        games=read.as_is.games,
        players=plan.cells[0].players,
        sections=tuple(one for one in (*sections(read.as_is), _swapped(read.swapped)) if one.lines),
        sensitivities=tuple(Sensitivity(one.path, read.sweeps[one.path].rows()) for one in plan.sweeps),
        targets=(),
        warnings=(),
        never=tuple(sorted(read.as_is.offered - read.as_is.sent.keys())),
        faults=tuple(read.faults),
        failed=tuple(read.failed),
        stopped=played.stopped,
        lost=played.lost,
        missing=played.missing,
        deaths=played.deaths,
        more_faults=read.more_faults,
        more_failed=read.more_failed,
        hunt=tuple(hunted(read.hunt)),
    )
    return _told(found, read)


class _Read:
    """What is kept of the games as they are read."""

    def __init__(self, plan: Plan) -> None:
        """Begin with no game."""
        self.as_is: Tally | None = None
        self.swapped = [Swapped(*cell.swap) for cell in plan.cells if cell.swap is not None and not cell.is_hunted]
        self.hunt = [Chase(one) for one in plan.suspects]
        self.sweeps = {one.path: Sides(["as_is", *map(str, one.values)]) for one in plan.sweeps}
        self.faults: list[Game] = []
        self.failed: list[Game] = []
        self.more_faults = self.more_failed = 0
        self.refused: Counter[str] = Counter()
        self.refusals: dict[tuple[str, ...], Game] = {}
        self._cells = {one.path: list(_by_value(one, plan.cells)) for one in plan.sweeps}

    def add(self, rows: Sequence[Game]) -> None:
        """Take in one game, as it was played on every side."""
        games = {row["cell"]: row for row in rows if "failed" not in row}
        for row in rows:
            self._add_trouble(row)
        base = games.get(AsIs)
        if base is None:
            return
        if self.as_is is None:
            self.as_is = Tally.like(base)
        self.as_is.add(base)
        for one in self.swapped:
            _add_swapped(one, games)
        for chase in self.hunt:
            honest = chase.suspect.beside
            usual = base if honest is None else games.get(honest.key)
            if chase.suspect.key in games and usual is not None:
                chase.add(games[chase.suspect.key], usual)
        for path, cells in self._cells.items():
            if all(key in games for keys in cells for key in keys):
                self.sweeps[path].add([base["outcomes"], *(_mean_outcomes(keys, games) for keys in cells)])

    def _add_trouble(self, row: Game) -> None:
        if "failed" in row:
            self.more_failed += len(self.failed) >= _SHOWN
            self.failed += [row][: _SHOWN - len(self.failed)]
        for fault in row.get("faults", ()):
            self.more_faults += len(self.faults) >= _SHOWN
            self.faults += [fault][: _SHOWN - len(self.faults)]
        self.refused.update(row.get("refused", {}))
        for one in row.get("refusals", ()):
            first = {**one, "game": row["game"] + 1, "count": 0}
            self.refusals.setdefault(tuple(one[name] for name in _SORT), first)["count"] += one["count"]


def _by_value(sweep: Sweep, cells: Iterable[Cell]) -> Iterator[list[str]]:
    """Yield for each value of a sweep the cells that have it."""
    for value in sweep.values:
        yield [cell.key for cell in cells if cell.changes.get(sweep.path) == value]


def _mean_outcomes(keys: Sequence[str], games: _Games) -> Mapping[str, float]:
    """Return the means of a game's outcomes over some cells; what one of them lacks is left out."""
    found: list[Mapping[str, float]] = [games[key]["outcomes"] for key in keys]
    if len(found) == 1:
        return found[0]
    return {name: fmean(one[name] for one in found) for name in found[0] if all(name in one for one in found)}


def _add_swapped(one: Swapped, games: _Games) -> None:
    """Take in what a seat that played otherwise made of a game; another seat of the role did so in each game."""
    key, base = f"{one.role}: {one.policy}", games[AsIs]
    place = place_of_one([seat["role"] for seat in base["seats"]], one.role, base["game"])
    if key not in games or place is None:
        return
    bound = games[key]["seats"][place]["score"]
    one.scores.add(bound, base["seats"][place]["score"])
    none = games.get(f"{one.role}: {NO_PATH}")
    if one.policy in PATHS and none is not None:
        one.over_none.add(bound, none["seats"][place]["score"])


def _swapped(found: Iterable[Swapped]) -> Section:
    """Return what the swapped seat lost, or gained, by the policy that it was bound to."""
    lines = (Line.of(f"{one.role}: {one.policy}", one.scores.difference()) for one in found if one.scores.one.count)
    return Section("swaps", tuple(lines))


def _told(found: Findings, read: _Read) -> Findings:
    """Return findings with their targets, and with all that they claim and that is sure."""
    if read.as_is is None:
        raise ValueError("no game came to its end")
    groups = [(f"{name}.{line.name}", line.sums) for name in _FAIR for line in _lines(found, name)]
    wanted = list(targets(read.as_is, groups, read.swapped, is_hard=found.players == _ALL_HARD))
    warnings, swept = list(_warnings(found)), [row for one in found.sensitivities for row in one.rows]
    claimed = [*(one.misses for one in wanted), *(claim for claim, _ in warnings), *claims(swept)]
    sure = iter(holm(claimed))
    told = tuple(attrs.evolve(one, is_missed=next(sure)) for one in wanted)
    said = [one for (_, one), is_sure in zip(warnings, [*islice(sure, len(warnings))], strict=True) if is_sure]
    sensitivities = tuple(attrs.evolve(one, rows=marked(one.rows, sure)) for one in found.sensitivities)
    said = [*(_pays(one) for one in found.hunt if one.is_named), *said, *_refused(read.refused, read.refusals.values())]
    return attrs.evolve(found, targets=told, warnings=tuple(said), sensitivities=sensitivities)


def _lines(found: Findings, name: str) -> tuple[Line, ...]:
    section = found.section(name)
    return section.lines if section else ()


def _warnings(found: Findings) -> Iterator[tuple[Claim, Warned]]:
    """Yield what may be said in words, each with the claim that has to be sure for it."""
    for name in _FAIR:
        for line in _lines(found, name):
            way = "above" if line.estimate.mean > 0 else "below"
            values: dict[str, int | str] = {"who": line.name, "by": round(abs(line.estimate.mean))}
            yield outside(line.sums, -_OFF, _OFF), Warned(f"{name}_{way}", values)
    for line in _lines(found, "idle"):
        said = Warned("idle", {"phase": line.name, "share": round(line.estimate.mean)})
        yield outside(line.sums, 0, _IDLE), said
    for line in _lines(found, "swaps"):
        if line.name.partition(": ")[2] in _BOUND:
            yield outside(line.sums, float("-inf"), 0), Warned("no_loss", {"swap": line.name})


def _pays(one: Hunted) -> Warned:
    """Return what is said of a suspect that brings more than it may."""
    by = one.brings.mean if one.brings is not None else 0.0
    if not one.suspect.role:
        return Warned("plot", {"plot": one.suspect.name, "by": round(by), "most": round(one.suspect.most)})
    if one.suspect.most >= 0:
        return Warned("pays", {"swap": one.suspect.key, "by": round(by), "most": round(one.suspect.most)})
    return Warned("keeps", {"swap": one.suspect.key, "share": round(100 + by), "most": round(100 + one.suspect.most)})


def _refused(refused: Mapping[str, int], refusals: Iterable[Game]) -> list[Warned]:
    """Return what rules refused, and of each policy the commonest sorts of moves with the refusal.

    The random policy is left out, which is known to try what its forms cannot rule out.
    """
    found: list[Warned] = []
    commonest = sorted(refusals, key=lambda one: -int(one["count"]))
    for policy, count in sorted(refused.items()):
        if policy != "random":
            found.append(Warned("refused", {"policy": policy, "count": count}))
            own = [one for one in commonest if one["policy"] == policy]
            found += [Warned("refused_move", one) for one in own[:_COMMONEST]]
    return found
