"""What came of games, for people: scores by role, the ranking, the ecosystem's figures by season."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import mean
from typing import Any, Final

from rich.console import Console, Group, RenderableType
from rich.table import Table

from makersphere_cli.reports.game_outcome import FinalSeat, GameOutcome
from makersphere_cli.speech.words import named, say
from makersphere_protocol import texts

__all__ = ["show_outcome", "show_series"]

Figures = Mapping[str, Mapping[str, float]]

_TENTHS: Final = frozenset({"spirit", "search_per_deal", "competition"})  # they come as whole numbers of tenths
_TOTALS: Final = (  # of runs, side by side
    *("deals", "search_per_deal", "integration_efficiency", "births", "products", "exits", "vitality"),
    *("score_maker", "score_investor", "score_operator"),
)
_SHOWN: Final = (  # what fits a screen, in the order of the story; `--json` has them all
    *("density", "centralisation", "diversity", "spirit"),
    *("deals", "packages", "search_per_deal", "competition", "trust"),
    *("integration_efficiency", "blocking_pairs"),
    *("pitches", "entry_rate_makers", "applications", "entry_rate_investors"),
    *("founded", "births", "moved_up", "products", "deaths"),
    *("exits_insolvent", "exits_unfunded", "exits_unsold", "exits_bottom", "exits_closed"),
    *("living", "survival_age", "stations_used", "badges", "badges_lost", "turnover"),
    *("hours_given", "hours_used", "hours_lent", "hours_lost", "shares_makers", "shares_investors"),
    *(
        "energy_in",
        "energy_out",
        *(f"energy_{level}_efficiency" for level in ("venture", "maker", "investor", "operator")),
    ),
    *("gini_makers", "gini_investors", "community", "resources", "integration", "vitality"),
)


def table_with(*headings: str, right: Iterable[str] = ()) -> Table:
    """Return a plain table with these columns, some of them of numbers."""
    numbers = set(right)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(say(f"column.{heading}"), justify="right" if heading in numbers else "left")
    return table


def show_series(report: Mapping[str, Any]) -> None:
    """Print what came of a series of games."""
    console = Console()
    console.print(
        say(
            "series_head",
            title=named("scenario", report["scenario"]),
            games=report["games"],
            seats=report["seats"],
            seed=report["seed"],
        )
    )
    console.print(_scores(report["scores"]))
    if any(report["figures"].values()):
        console.print("", _figures_table(report["figures"]), sep="\n")
    if report["runs"]:
        console.print("", _runs_table(report["runs"]), sep="\n")
    cpu_s = max(report["cpu_s"], 1e-9)
    console.print(
        "\n"
        + say(
            "series_foot",
            commands=f"{report['commands']:,}",
            events=f"{report['events']:,}",
            cpu=f"{report['cpu_s']:.2f}",
            rate=f"{report['games'] / cpu_s:,.1f}",
            sum=report["ledger_sum"],
            hash=report["state_hash"],
        ),
        highlight=False,
        soft_wrap=True,
    )


def _scores(scores: Sequence[Mapping[str, Any]]) -> Table:
    table = table_with("role", "seats", "mean", "least", "most", right=("seats", "mean", "least", "most"))
    for role in dict.fromkeys(score["role"] for score in scores):
        found = [score["score"] for score in scores if score["role"] == role]
        seats = len({score["seat"] for score in scores if score["role"] == role})
        table.add_row(named("role", role), str(seats), f"{mean(found):.1f}", str(min(found)), str(max(found)))
    return table


def _figures_table(figures: Figures) -> RenderableType:
    """Return the ecosystem's figures that fit a screen, a column to a season."""
    seasons = sorted(figures, key=int)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(say("column.figure"))
    for season in seasons:
        table.add_column(say("season", n=season), justify="right")
    present = dict.fromkeys(name for season in seasons for name in figures[season])
    of_modules = [name for name in present if f"figure.{name}" in texts.learnt(texts.DEFAULT)]
    for shown in (*_SHOWN, *of_modules):
        for name in (name for name in present if shown in (name, _stem(name)[0])):
            table.add_row(_called(name), *(_number(figures[season].get(name), name) for season in seasons))
    return table


def _stem(name: str) -> tuple[str, str]:
    """Return a figure's name and the number at its end: of a space, or an age in seasons."""
    stem, _, number = name.rpartition("_")
    return (stem, number) if number.isdigit() else (name, "")


def _runs_table(runs: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return the runs of a game side by side, a column to each."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(say("column.figure"))
    for run in runs:
        table.add_column(named("run", run["name"]), justify="right")
    for name in (name for name in _TOTALS if any(name in run["totals"] for run in runs)):
        table.add_row(named("total", name), *(_number(run["totals"].get(name), name) for run in runs))
    return table


def _called(name: str) -> str:
    stem, number = _stem(name)
    return named("figure", stem, n=number)


def _number(value: float | None, name: str) -> str:
    if value is None:
        return ""
    shown = value / 10 if name in _TENTHS else value
    return f"{shown:,.0f}" if shown == int(shown) else f"{shown:,.1f}"


def _ranking(seats: Sequence[FinalSeat]) -> RenderableType:
    """Return the final ranking, by role, the best first; equal scores share a rank."""
    parts: list[RenderableType] = []
    for role in dict.fromkeys(seat.role for seat in seats):
        columns = ("place", "seat", "name", "score", "better_than")
        table = table_with(*columns, right=("place", "seat", "score", "better_than"))
        table.title, table.title_justify, table.title_style = named("role", role), "left", "bold"
        found = sorted((seat for seat in seats if seat.role == role), key=lambda seat: -seat.score)
        for one in found:
            rank = 1 + sum(other.score > one.score for other in found)
            better_than = "" if one.better_than is None else str(one.better_than)
            table.add_row(str(rank), str(one.seat), one.name, str(one.score), better_than)
        parts += [table, ""]
    return Group(*parts)


def show_outcome(outcome: GameOutcome) -> None:
    """Print the ranking and the figures of one game."""
    console = Console(highlight=False)
    console.print()
    console.print(_ranking(outcome.final_seats))
    if any(outcome.figures.values()):
        console.print(_figures_table(outcome.figures), "")
    if outcome.runs:
        console.print(_runs_table(outcome.runs), "")
    foot = say(
        "demo_foot",
        commands=f"{outcome.commands:,}",
        refused=f"{outcome.refused:,}",
        wall=f"{outcome.wall_s:.1f}",
        sum=outcome.ledger_sum,
        draws=f"{outcome.draws:,}",
        hash=outcome.state_hash,
    )
    console.print(foot, soft_wrap=True)
