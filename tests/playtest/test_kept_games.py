"""Rows of a playtest in a folder: waves of Parquet, what a crash leaves of the last one, and no row told twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from arro3.io import read_parquet

from makersphere_playtest.games.kept_games import KeptGames, read_rows, write_rows
from makersphere_playtest.games.worker_pools import ClusterLost
from makersphere_playtest.plans import playtests
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sweeps import Plan, plan, source_of, sweep
from makersphere_rules import shipped
from tests.playtest.made_up_games import game

Row = dict[str, Any]
Tasks = Sequence[tuple[Any, ...]]
CLASSROOM = source_of(shipped.scenario_source("classroom"))
FAILED = {"cell": "", "game": 2, "failed": "KeyError", "seed": "1:2", "orders": [[0, "start", {}]]}


def _plan(games: int) -> Plan:
    fees = sweep("market.outside_weight=8,10", shipped.scenario("classroom"))
    return plan(CLASSROOM, 12, games, 1, sweeps=[fees])


def _made_up(told: list[int]) -> Callable[..., Generator[Row]]:
    """Return an engine that plays made-up games, and tells which."""

    def results(_: object, tasks: Tasks) -> Generator[Row]:
        for cell, _seats, _seed, number in tasks:
            told.append(number)
            yield game(Random(f"{cell.key} {number}"), number, cell.key)

    return results


@pytest.fixture(autouse=True)
def _small_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playtests, "WAVE", 6)  # two games of three sides


def test_a_row_comes_back_as_it_was(tmp_path: Path) -> None:
    """Outcomes are columns of numbers, some of which a game may lack; a game in which the rules broke is kept too."""
    rows = [game(Random(1), 0), game(Random(2), 1, "a=1"), FAILED]
    del rows[1]["outcomes"]["ahead_maker"]
    write_rows(rows, tmp_path / "rows.parquet")
    assert read_rows(tmp_path / "rows.parquet") == rows
    table = read_parquet(tmp_path / "rows.parquet").read_all()
    assert table["births"].to_pylist() == [rows[0]["outcomes"]["births"], rows[1]["outcomes"]["births"], None]
    assert json.loads(table["seats"].to_pylist()[0]) == rows[0]["seats"]


def test_games_are_kept_wave_by_wave(tmp_path: Path) -> None:
    """A file for each two games, none of which is played again; what is read is what was played."""
    told: list[int] = []
    played = run(_plan(5), _made_up(told), folder=tmp_path)
    assert sorted(file.name for file in tmp_path.glob("*.parquet")) == [
        f"games-000000{first}.parquet" for first in (0, 2, 4)
    ]
    assert (played.missing, len(told)) == (0, 15)
    assert [*played.rows] == [*run(_plan(5), _made_up([])).rows]
    assert [len(rows) for rows in played.by_game()] == [3] * 5
    told.clear()
    more = run(_plan(7), _made_up(told), folder=tmp_path)
    assert (more.resumed, told) == (15, [5, 5, 5, 6, 6, 6])


def test_what_was_played_of_a_wave_outlives_its_process(tmp_path: Path) -> None:
    """A process that is killed leaves the rows that it had; the next one goes on after them."""
    run(_plan(2), _made_up([]), folder=tmp_path)
    head = {"playtest": playtests._VERSION, **_plan(2).tree()}
    killed = KeptGames(head, tmp_path, 2)
    killed.add(game(Random(" 2"), 2, ""))
    told: list[int] = []
    played = run(_plan(4), _made_up(told), folder=tmp_path)
    assert (played.resumed, played.missing, len(told)) == (7, 0, 5)
    assert [*played.rows] == [*run(_plan(4), _made_up([])).rows]


def test_a_crash_between_file_and_journal_tells_no_row_twice(tmp_path: Path) -> None:
    """The rows of a wave may stand in both; they count once."""
    run(_plan(2), _made_up([]), folder=tmp_path)
    rows = read_rows(tmp_path / "games-0000000.parquet")
    journal = KeptGames({"playtest": playtests._VERSION, **_plan(2).tree()}, tmp_path, 2)
    for row in rows:
        journal.add(row)
    played = run(_plan(2), _made_up([]), folder=tmp_path)
    assert (played.resumed, len([*played.rows])) == (6, 6)
    assert read_rows(tmp_path / "games-0000000.parquet") == rows


def test_a_cluster_that_is_lost_between_waves_ends_the_playtest(tmp_path: Path) -> None:
    """The first wave is kept, and the next run goes on with the second."""

    def results(_: object, tasks: Tasks) -> Generator[Row]:
        if tasks[0][-1] >= 2:
            raise ClusterLost
        yield from _made_up([])(_, tasks)

    played = run(_plan(6), results, folder=tmp_path)
    assert (played.lost, len(played.rows), played.missing) == (True, 6, 12)
    assert run(_plan(6), _made_up([]), folder=tmp_path).resumed == 6
