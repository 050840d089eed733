"""A series of games with one policy, and what came of them as plain data: the `--json` of `makersphere simulate`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from makersphere_bots.policy import Policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_rules.scenario import Scenario

__all__ = ["game_seed", "simulate", "summary"]


def game_seed(seed: int, game: int) -> str:
    """Return the seed of a game of a series; the first game has the series' own seed, as a room of that seed has."""
    return f"{seed}:{game}" if game else str(seed)


def simulate(scenario: Scenario, seats: int | tuple[str, ...], seed: int, games: int, policy: Policy) -> dict[str, Any]:
    """Play `games` games with one policy in every seat and return what came of them, ready for JSON."""
    results = [play(scenario, seats, game_seed(seed, game), {ANY: policy}, hashed=True) for game in range(games)]
    return summary(scenario, seed, results)


def summary(scenario: Scenario, seed: int, results: Sequence[Result]) -> dict[str, Any]:
    """Return a series as plain data.

    `seasons`, `commands`, `events` and `ledger_sum` are totals. `state_hash` is the hash of a single game, or else the
    SHA-256 of the hashes of all games in order. `figures` are means over the games by season. Where a game has several
    runs, `figures` are those of the last run, and `runs` has the totals of each run, as means over the games.
    """
    return {
        "scenario": scenario.name,
        "seats": len(results[0].roles) if results else 0,
        "seed": seed,
        "games": len(results),
        "seasons": sum(result.seasons for result in results),
        "commands": sum(result.commands for result in results),
        "events": sum(result.events for result in results),
        "state_hash": _hash_of([result.state_hash for result in results]),
        "scores": list(_scores(results)),
        "figures": _means(result.figures for result in results),
        "runs": list(_runs(results)),
        "ledger_sum": sum(result.ledger_sum for result in results),
        "wall_s": sum(result.wall_s for result in results),
        "cpu_s": sum(result.cpu_s for result in results),
    }


def _scores(results: Iterable[Result]) -> Iterator[dict[str, int | str]]:
    for game, result in enumerate(results):
        for seat, (role, score) in enumerate(zip(result.roles, result.scores, strict=True), 1):
            yield {"game": game, "seat": seat, "role": role, "score": score}


def _hash_of(hashes: Sequence[str]) -> str:
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _runs(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    for runs in zip(*(result.runs for result in results), strict=True):
        totals = _means({0: run.totals} for run in runs)["0"]
        yield {"run": runs[0].run, "name": runs[0].name, "practice": runs[0].practice, "totals": totals}


def _means(games: Iterable[Mapping[int, Mapping[str, int]]]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, list[int]]] = {}
    for seasons in games:
        for season, values in seasons.items():
            named = found.setdefault(str(season), {})
            for name, value in values.items():
                named.setdefault(name, []).append(value)
    return {
        season: {name: round(sum(values) / len(values), 3) for name, values in named.items()}
        for season, named in found.items()
    }
