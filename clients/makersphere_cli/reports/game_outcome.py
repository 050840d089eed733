"""What came of a game that was played over the wire, read from the table at its end.

Any watcher could work the same out: scores, figures and accounts lie on the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from makersphere_cli.reports.season_lines import number_in_run
from makersphere_clients.mirror import Mirror
from makersphere_clients.wire_bots import WireBot
from makersphere_server.afterwards.verify import Report

__all__ = ["FinalSeat", "GameOutcome", "game_outcome", "with_check"]

Tree = Mapping[str, Any]


@attrs.frozen
class FinalSeat:
    """A seat at the end of a game: its final score, 0 where the scenario gives none, and how that compares.

    Attributes:
        better_than: of a hundred standard bots in the same role.
    """

    seat: int
    name: str
    role: str
    score: int
    better_than: int | None = None


@attrs.frozen
class GameOutcome:
    """A game at its end.

    Attributes:
        status: over, if it has ended.
        commands: accepted ones of seats, host and room.
        ledger_sum: the sum over all accounts, which must be 0.
        figures: the ecosystem's figures by season, those of the last run where there are several.
        runs: the totals of each run where there are several, with its number, name, and whether it was practice.
        state_hash: of the game's state at the end, as a replay of the log finds it.
        draws: how many draws of the log were computed again.
        wrong: what is wrong with the log, or "".
    """

    room: str
    scenario: str
    status: str
    seed: int
    seasons: int
    commands: int
    refused: int
    ledger_sum: int
    final_seats: Sequence[FinalSeat]
    figures: Mapping[str, Mapping[str, int]]
    wall_s: float
    runs: Sequence[Tree] = ()
    state_hash: str = ""
    draws: int = 0
    wrong: str = ""

    @property
    def is_sound(self) -> bool:
        """Return whether the game has ended, its books are right, and so is its log."""
        return self.status == "over" and self.ledger_sum == 0 and not self.wrong

    def tree(self) -> dict[str, Any]:
        """Return the outcome ready for JSON, with the same names as `makersphere simulate`."""
        scores = [
            {"game": 0, "seat": one.seat, "role": one.role, "score": one.score}
            | ({} if one.better_than is None else {"better_than": one.better_than})
            for one in self.final_seats
        ]
        found = attrs.asdict(self, filter=attrs.filters.exclude("final_seats"))
        return {**found, "seats": len(self.final_seats), "scores": scores}


def game_outcome(mirror: Mirror, bots: Iterable[WireBot], seed: int, wall_s: float) -> GameOutcome:
    """Return what came of a game."""
    tree, game = mirror.table, mirror.game
    return GameOutcome(
        room=mirror.room,
        scenario=str(game.get("scenario", "")),
        status=str(game.get("status", "")),
        seed=seed,
        seasons=int(game.get("season", 0)),
        commands=mirror.seq or 0,
        refused=sum(bot.refused for bot in bots),
        ledger_sum=sum(account.get("balance", 0) for account in tree.get("account", {}).values()),
        final_seats=_final_seats(tree),
        figures={
            str(number_in_run(tree, int(season))): {**one.get("values", {}), **one.get("opened", {})}
            for season, one in tree.get("figures", {}).items()
        },
        wall_s=wall_s,
        runs=[
            {name: result[name] for name in ("run", "name", "practice", "totals")}
            for _, result in sorted(tree.get("result", {}).items(), key=lambda pair: int(pair[0]))
        ],
    )


def with_check(outcome: GameOutcome, report: Report) -> GameOutcome:
    """Return an outcome with what a check of the room's log has found."""
    wrong = "" if report.is_right else f"seq {report.wrong_seq}: {report.reason}"
    return attrs.evolve(outcome, state_hash=report.state_hash, draws=report.draws, wrong=wrong)


def _final_seats(tree: Tree) -> list[FinalSeat]:
    scores, compared = tree.get("score", {}), tree.get("comparison", {})
    return [
        FinalSeat(
            int(key),
            str(seat.get("name", "")),
            str(seat["role"]),
            int(scores.get(key, {}).get("final", 0)),
            compared.get(key, {}).get("better_than"),
        )
        for key, seat in sorted(tree["seat"].items(), key=lambda pair: int(pair[0]))
    ]
