"""`makersphere simulate`: games without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from makersphere_cli.flags import Games, Json, Name, PolicyName, Seats, Seed
from makersphere_cli.many_games.progress_bar import progress

__all__ = ["simulate"]


def simulate(
    scenario: Name,
    /,
    *,
    seats: Seats | None = None,
    seed: Seed = 1,
    games: Games = 1,
    policy: PolicyName = "standard",
    as_json: Json = False,
) -> int:
    """Play games without a server. The same seed gives the same games, everywhere.

    Args:
        scenario: the name of a shipped scenario, or a file.
        seats: how many seats; by default the scenario's own number.
        seed: of the dice and of the policies.
        games: how many games; each has a seed of its own, made of this one.
        policy: who plays all seats: standard, random, cautious, greedy, or standard-exchange and its like.
        as_json: print one JSON object.
    """
    from makersphere_bots.catalogue import policy as policy_by_name  # noqa: PLC0415  (quick --help)
    from makersphere_cli.scenarios.lookup import load, say_if_outside  # noqa: PLC0415
    from makersphere_playtest.games.headless import ANY, Policies, play  # noqa: PLC0415
    from makersphere_playtest.games.series import game_seed, summary  # noqa: PLC0415

    found = load(scenario)
    say_if_outside(found, seats)
    players: Policies = {ANY: policy_by_name(policy)}
    results = []
    with progress(games) as done:
        for game in range(games):
            results.append(play(found, seats or found.seats, game_seed(seed, game), players, hashed=True))
            done()
    report = summary(found, seed, results)
    if as_json:
        _dump(report)
    else:
        from makersphere_cli.reports.game_report import show_series  # noqa: PLC0415

        show_series(report)
    return 0 if report["ledger_sum"] == 0 else 1


def _dump(report: Mapping[str, Any]) -> None:
    json.dump(report, sys.stdout, ensure_ascii=False)
    print()
