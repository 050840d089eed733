"""`makersphere simulate`: games without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from makersphere_cli.flags import Games, Json, Name, PolicyName, Seats, Seed
from makersphere_cli.many_games.progress_bar import progress
from makersphere_cli.speech.trouble import Trouble

if TYPE_CHECKING:
    from makersphere_rules.scenario import Scenario

__all__ = ["simulate"]


def simulate(  # noqa: PLR0913  (each is a flag)
    scenario: Name,
    /,
    *,
    seats: Seats | None = None,
    seed: Seed = 1,
    games: Games = 1,
    policy: PolicyName = "standard",
    as_json: Json = False,
    story: Annotated[bool, Parameter(negative=())] = False,
    hand: Seats | None = None,
) -> int:
    """Play games without a server. The same seed gives the same games, everywhere.

    Args:
        scenario: the name of a shipped scenario, or a file.
        seats: how many seats; by default the scenario's own number.
        seed: of the dice and of the policies.
        games: how many games; each has a seed of its own, made of this one.
        policy: who plays all seats: standard, random, cautious, greedy, or standard-exchange and its like.
        as_json: print one JSON object.
        story: tell one game to read, phase by phase: what was sent, and what was told of it.
        hand: tell the story with the eyes of this seat: what it sent, what it was told, and no secret of others.
    """
    from makersphere_bots.catalogue import policy as policy_by_name  # noqa: PLC0415  (quick --help)
    from makersphere_cli.scenarios.lookup import load, say_if_outside  # noqa: PLC0415
    from makersphere_playtest.games.headless import ANY, Policies, play  # noqa: PLC0415
    from makersphere_playtest.games.series import game_seed, summary  # noqa: PLC0415

    found = load(scenario)
    say_if_outside(found, seats)
    if story or hand is not None:
        return _tell(found, seats, game_seed(seed, 0), policy, hand, alone=story and games == 1 and not as_json)
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


def _tell(scenario: Scenario, seats: int | None, seed: str, policy: str, hand: int | None, *, alone: bool) -> int:
    """Print the story of one game."""
    from makersphere_bots.catalogue import policy as policy_by_name  # noqa: PLC0415  (quick --help)
    from makersphere_cli.reports.story_text import story  # noqa: PLC0415
    from makersphere_playtest.games.headless import ANY, play, seed_bytes  # noqa: PLC0415
    from makersphere_rules import engine  # noqa: PLC0415
    from makersphere_rules.dice import SeededDice  # noqa: PLC0415

    if not alone:
        raise Trouble("story.alone")
    state = engine.new(scenario, SeededDice(seed_bytes(seed)), seats or scenario.seats)
    if hand is not None and hand not in state.seats():
        raise Trouble("story.no_seat", hand=hand, most=len(state.seats()))
    game = play(scenario, seats or scenario.seats, seed, {ANY: policy_by_name(policy)}, keep=True)
    for line in story(state, game.log, hand or 0):
        print(line)
    return 0


def _dump(report: Mapping[str, Any]) -> None:
    json.dump(report, sys.stdout, ensure_ascii=False)
    print()
