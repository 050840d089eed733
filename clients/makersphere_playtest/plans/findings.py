"""What a playtest found: sections of numbers with intervals, and what they warn of, as plain data.

Says nothing in any language: names are keys of texts, and values fill them. `rulebook_targets.py` compares the numbers
with what the rulebook wants.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import RESTRICTED
from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate, estimate, paired, share
from makersphere_playtest.measured.measures import GROUPS, away, idle, idle_seats, outcome, par
from makersphere_playtest.measured.rulebook_targets import Target, swapped_scores, targets
from makersphere_playtest.measured.suspense import suspense
from makersphere_playtest.plans.comparison import Cell, Row
from makersphere_playtest.plans.playtests import Played
from makersphere_playtest.plans.sweeps import AsIs, Sweep
from makersphere_playtest.plans.watched_game import Row as Game

__all__ = ["Findings", "Line", "Section", "Sensitivity", "Warned", "findings"]

_COURSE: Final = (
    *("births", "products", "born", "product", "survival", "exits", "badges_lost", "deals"),
    *("efficiency", "search_per_deal", "vitality", "gini_makers", "receiverships", "minutes"),
)
_FAIR: Final = ("background", "kind", "seat")
_OFF: Final = 8  # per cent that a group may be away from its role
_BOUND: Final = frozenset(("random", *RESTRICTED))  # policies that a seat should lose by
_FEW: Final = 10  # games; of fewer games nothing is said in words
_IDLE: Final = 20  # per cent of the seasons in which a seat may have nothing to do
_CONTEST: Final = ("kept", "ahead", "comeback", "decided")


@attrs.frozen
class Line:
    """One number with its label, its interval, and the number of games of which it is the mean."""

    name: str
    estimate: Estimate
    games: int

    @classmethod
    def of(cls, name: str, values: Sequence[float]) -> Line:
        """Return the mean of some games' values."""
        return cls(name, estimate(values), len(values))


@attrs.frozen
class Section:
    """Numbers of one kind."""

    name: str
    lines: tuple[Line, ...]


@attrs.frozen
class Sensitivity:
    """What a swept parameter does: for each outcome the scenario as it is, then each value."""

    path: str
    rows: tuple[Row, ...]


@attrs.frozen
class Warned:
    """A warning: the key of a sentence, and the values that fill it."""

    text: str
    values: Mapping[str, int | str]


@attrs.frozen
class Findings:
    """Everything that a playtest found.

    Attributes:
        games: played of the scenario as it is.
        never: commands that were legal and never sent.
        failed: games in which the rules broke.
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

    def section(self, name: str) -> Section | None:
        """Return a section by name."""
        return next((one for one in self.sections if one.name == name), None)

    def tree(self) -> dict[str, Any]:
        """Return the findings ready for JSON."""
        return {**attrs.asdict(self), "confidence": CONFIDENCE}


def findings(played: Played) -> Findings:
    """Return what came of a playtest.

    Raises:
        ValueError: not one game of the scenario as it is came to its end.
    """
    cells: dict[str, dict[int, Game]] = defaultdict(dict)
    for row in played.rows:
        if "failed" not in row:
            cells[row["cell"]][row["game"]] = row
    games = [*cells[AsIs].values()]
    if not games:
        raise ValueError("no game came to its end")
    plan = played.plan
    swaps = {cell.key: cell.swap for cell in plan.cells if cell.swap is not None}
    found = Findings(
        scenario=plan.scenario,
        seats=plan.seats,
        seed=plan.seed,
        games=len(games),
        players=plan.cells[0].players,
        sections=tuple(one for one in (*_sections(games), _swapped(cells, swaps)) if one.lines),
        sensitivities=tuple(Sensitivity(one.path, tuple(_sensitive(one, played, cells))) for one in plan.sweeps),
        targets=(),
        warnings=(),
        never=_never(games),
        faults=tuple(fault for row in played.rows for fault in row.get("faults", ())),
        failed=tuple(row for row in played.rows if "failed" in row),
        stopped=played.stopped,
        lost=played.lost,
        missing=played.missing,
        deaths=played.deaths,
    )
    sections = (found.section(name) for name in _FAIR)
    groups = [(f"{one.name}.{line.name}", line.estimate) for one in sections if one for line in one.lines]
    found = attrs.evolve(found, targets=tuple(targets(games, groups, cells, swaps)))
    return attrs.evolve(found, warnings=tuple(_warnings(found, played.rows)))


def _sections(games: Sequence[Game]) -> Iterator[Section]:
    roles = list(dict.fromkeys(seat["role"] for seat in games[0]["seats"]))
    yield _of_outcomes("course", games, _COURSE)
    yield _of_outcomes("exits", games, [name for name in games[0]["outcomes"] if name.startswith("exits_")])
    yield _of_outcomes("scores", games, [f"score_{role}" for role in roles])
    yield _of_outcomes("spread", games, [f"spread_{role}" for role in roles])
    yield Section("par", tuple(_lines({role: par(games, role) for role in roles})))
    for role, name in GROUPS.items():
        yield Section(name, tuple(_lines(away(games, role, name))))
    yield Section("seat", tuple(line for role in roles for line in _lines(away(games, role, "seat"))))
    yield _of_outcomes("contest", games, [f"{name}_{role}" for name in _CONTEST for role in roles])
    moving = {f"{season}_{role}": some for role in roles for season, some in suspense(games, role).items()}
    yield Section("suspense", tuple(_lines(moving)))
    yield _of_outcomes("changes", games, [f"changes_{role}" for role in roles])
    yield Section("idle", tuple(_lines({phase: idle(games, phase) for phase in games[0]["idle"]})))
    yield Section("idle_seat", tuple(_lines(idle_seats(games))))
    modules = {name: [game["modules"][name] > 0 for game in games] for name in games[0]["modules"]}
    yield Section("modules", tuple(_shares(modules)))
    commands = sorted({name for game in games for name in (*game["offered"], *game["sent"])})
    sent = {name: [name in game["sent"] for game in games] for name in commands}
    yield Section("commands", tuple(_shares(sent)))


def _lines(values: Mapping[str, Sequence[float]]) -> Iterator[Line]:
    return (Line.of(name, some) for name, some in values.items() if some)


def _shares(holds: Mapping[str, Sequence[bool]]) -> Iterator[Line]:
    return (Line(name, share(some), len(some)) for name, some in holds.items() if some)


def _of_outcomes(section: str, games: Sequence[Game], names: Iterable[str]) -> Section:
    return Section(section, tuple(_lines({name: outcome(games, name) for name in names})))


def _never(games: Iterable[Game]) -> tuple[str, ...]:
    offered: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    for game in games:
        offered.update(game["offered"])
        sent.update(game["sent"])
    return tuple(sorted(name for name in offered if not sent[name]))


def _swapped(cells: Mapping[str, Mapping[int, Game]], swaps: Mapping[str, tuple[str, str]]) -> Section:
    """Return what the swapped seat lost, or gained, by the policy that it was bound to."""
    values = {key: swapped_scores(cells, key, role) for key, (role, _) in swaps.items() if key in cells}
    return Section(
        "swaps", tuple(Line(key, paired(bound, free), len(bound)) for key, (bound, free) in values.items() if bound)
    )


def _sensitive(sweep: Sweep, played: Played, cells: Mapping[str, Mapping[int, Game]]) -> Iterator[Row]:
    """Yield for each outcome the mean of the scenario as it is, then of each value over all cells that have it."""
    base = cells[AsIs]
    by_value = {
        str(value): [cells[cell.key] for cell in played.plan.cells if cell.changes.get(sweep.path) == value]
        for value in sweep.values
    }
    games = sorted(game for game in base if all(game in cell for some in by_value.values() for cell in some))
    measured = base[min(base)]["outcomes"]
    for name in measured:
        cells_of = [base, *(cell for some in by_value.values() for cell in some)]
        whole = [game for game in games if all(name in cell[game]["outcomes"] for cell in cells_of)]
        control = [base[game]["outcomes"][name] for game in whole]
        if control:
            found = [Cell("as_is", estimate(control), None)]
            for value, some in by_value.items():
                values = [fmean(cell[game]["outcomes"][name] for cell in some) for game in whole]
                found.append(Cell(value, estimate(values), paired(values, control)))
            yield Row(name, tuple(found))


def _warnings(found: Findings, rows: Iterable[Game]) -> Iterator[Warned]:
    for name in _FAIR:
        section = found.section(name)
        for line in section.lines if section else ():
            away = line.estimate
            if abs(away.mean) >= _OFF and away.is_clear and line.games >= _FEW:
                way = "above" if away.mean > 0 else "below"
                yield Warned(f"{name}_{way}", {"who": line.name, "by": round(abs(away.mean))})
    phases = found.section("idle")
    for line in phases.lines if phases else ():
        if line.estimate.lo > _IDLE and line.games >= _FEW:
            yield Warned("idle", {"phase": line.name, "share": round(line.estimate.mean)})
    swaps = found.section("swaps")
    for line in swaps.lines if swaps else ():
        is_bound = line.name.partition(": ")[2] in _BOUND
        if is_bound and not line.estimate.hi < 0 and line.games >= _FEW:
            yield Warned("no_loss", {"swap": line.name})
    refused: Counter[str] = Counter()
    for row in rows:
        refused.update(row.get("refused", {}))
    for policy, count in sorted(refused.items()):
        if policy != "random":  # which is known to try what its forms cannot rule out
            yield Warned("refused", {"policy": policy, "count": count})
