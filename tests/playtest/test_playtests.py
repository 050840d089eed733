"""Playtests: the same rows however they are played, policies under guard, and what is said of the numbers."""

from __future__ import annotations

import json
import os
import random
import signal
import tomllib
from collections.abc import Generator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from joblib.externals.loky import get_reusable_executor

from makersphere_bots.catalogue import POLICIES
from makersphere_bots.legal import Form
from makersphere_bots.lookahead import Foresight, Lookahead
from makersphere_bots.policy import READY, Move, View
from makersphere_playtest.games.guarded_policy import Guarded
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.games.kept_rows import OtherWork
from makersphere_playtest.games.policies_by_name import UnknownPolicy, player
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import WorkerDied, cores
from makersphere_playtest.measured.pairs import Pair
from makersphere_playtest.measured.suspense import Suspense
from makersphere_playtest.plans import watched_game
from makersphere_playtest.plans.findings import findings
from makersphere_playtest.plans.playtests import Played, run
from makersphere_playtest.plans.sweeps import MOST_CELLS, BadSweep, Plan, Sweep, plan, sweep
from makersphere_playtest.plans.watched_game import Row, play_row
from makersphere_rules import shipped
from makersphere_rules.shipped import scenario

SEATS = 5
QUICK = tomllib.loads(shipped.scenario_source("quickstart"))


def _plan(games: int = 3, **more: Any) -> Plan:  # noqa: ANN401  (whatever `plan` takes)
    return plan(QUICK, SEATS, games, 5, **more)


def test_a_row_is_the_game_that_simulate_plays() -> None:
    """Watching and guarding change nothing: scores and seeds are those of a plain game."""
    row = play_row(_plan().cells[0], SEATS, 5, 2)
    plain = play(scenario("quickstart"), SEATS, game_seed(5, 2), {ANY: player("standard")})
    assert [seat["score"] for seat in row["seats"]] == list(plain.scores)
    assert row["outcomes"]["births"] == sum(season["births"] for season in plain.figures.values())
    assert json.loads(json.dumps(row)) == row


def test_hard_bots_are_held_against_each_command() -> None:
    """Each command that was offered should be sent in 5 % of the games; of other bots nothing is asked."""
    hard, plain = (findings(run(_plan(2, players={ANY: name}), cores(1))) for name in ("shrewd", "standard"))
    (section,) = (one for one in hard.sections if one.name == "commands")
    used = {one.of: one for one in hard.targets if one.name == "used"}
    assert used.keys() == {line.name for line in section.lines} > {"plan", "deliver"}
    assert (used["plan"].lo, used["plan"].measured.mean) == (5, 100)
    assert not any(one.name == "used" for one in plain.targets)


def test_games_are_told_apart_by_sides_that_share_their_luck() -> None:
    """A parameter set to what it is already changes no game; another value changes some."""
    fees = sweep("market.outside_weight=8,80", scenario("quickstart"))
    played = run(_plan(4, sweeps=[fees]), cores(1))
    by_cell: dict[str, list[Any]] = {}
    for row in played.rows:
        by_cell.setdefault(row["cell"], []).append([seat["score"] for seat in row["seats"]])
    same, other = by_cell["market.outside_weight=8"], by_cell["market.outside_weight=80"]
    assert by_cell[""] == same != other


def test_one_go_several_goes_and_several_cores_give_the_same_rows(tmp_path: Path) -> None:
    """What a folder has is not played again, a torn last line is, and more games or fewer can be asked for."""
    first = run(_plan(2), cores(1), folder=tmp_path)
    with (tmp_path / "_open.jsonl").open("ab") as torn:
        torn.write(b'{"cell": "", "ga')
    done: list[None] = []
    more = run(_plan(4), cores(2), folder=tmp_path, done=lambda: done.append(None))
    assert (first.resumed, more.resumed, len(done)) == (0, 2, 4)
    assert list(more.rows) == list(run(_plan(4), cores(1)).rows)
    assert [file.name for file in tmp_path.glob("*.parquet")] == ["games-0000000.parquet"]
    assert run(_plan(3), cores(1), folder=tmp_path).resumed == 3


def test_rows_of_another_playtest_are_not_mixed_in(tmp_path: Path) -> None:
    """Another seed, another folder; the same for a folder of something else, and for a file."""
    run(_plan(2), cores(1), folder=tmp_path / "rows")
    with pytest.raises(OtherWork):
        run(attrs.evolve(_plan(2), seed=6), cores(1), folder=tmp_path / "rows")
    file = tmp_path / "scores.csv"
    file.write_text("name,score\n", "utf-8")
    for folder in (tmp_path, file):
        with pytest.raises(OtherWork):
            run(_plan(2), cores(1), folder=folder)
    assert file.read_text("utf-8") == "name,score\n"


def test_an_interrupt_keeps_what_is_done(tmp_path: Path) -> None:
    """Ctrl-C after two games: two rows, said to be stopped, and the next run goes on from there."""
    done = [0]

    def stop() -> None:
        done[0] += 1
        if done[0] == 2:
            raise KeyboardInterrupt

    played = run(_plan(3), cores(1), folder=tmp_path, done=stop)
    assert (played.stopped, len(played.rows), played.missing) == (True, 2, 1)
    assert run(_plan(3), cores(1), folder=tmp_path).resumed == 2


class _Deadly:
    """Kills the process that it plays in, once: a file remembers that it has."""

    def __init__(self) -> None:
        self.mark = Path(os.environ["DEADLY"])

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Die the first time."""
        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [READY]


def test_a_worker_that_dies_costs_no_game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its games are played again by others, and the report says that one died."""
    monkeypatch.setenv("DEADLY", str(tmp_path / "mark"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    get_reusable_executor().shutdown()  # workers of other tests know nothing of the mark
    played = run(_plan(2, players={"operator": "tests.playtest.test_playtests:_Deadly"}), cores(2))
    assert (played.deaths, played.missing) == (1, 0)


class _Raises:
    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Break."""
        raise RuntimeError("out of ideas")


class _Hangs:
    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Think for ever, whatever comes in between."""
        while True:
            with suppress(Exception):
                sum(range(1000))


class _Babbles:
    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Any]:
        """Answer with no move."""
        return [("conquer", {})]


@pytest.mark.parametrize(("policy", "kind"), [(_Raises, "raised"), (_Hangs, "hung"), (_Babbles, "illegal")])
def test_a_policy_that_fails_is_named_and_the_game_goes_on(policy: Any, kind: str) -> None:  # noqa: ANN401
    """Its seat says ready from there on; the others play to the end."""
    commands = {name for found in scenario("quickstart").commands.values() for name in found}
    guarded = Guarded(policy(), "clumsy", commands, patience_s=0.05)
    result = play(scenario("quickstart"), SEATS, "1", {1: guarded, ANY: player("standard")}, keep=True)
    assert guarded.fault is not None
    assert (guarded.fault.kind, guarded.fault.seat, guarded.fault.policy) == (kind, 1, "clumsy")
    assert {order.name for actor, order, _ in result.log if actor == 1} == {"ready"}
    assert result.seasons == 2


def test_a_game_in_which_the_rules_break_can_be_played_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row says what broke, its seed, and the commands that lead there."""

    def close(self: object) -> None:
        raise ArithmeticError("the books")

    monkeypatch.setattr(watched_game._Watched, "close", close)
    row = play_row(_plan().cells[0], SEATS, 5, 1)
    assert "ArithmeticError: the books" in row["failed"]
    assert row["seed"] == game_seed(5, 1)
    assert row["orders"][0] == [0, "start", {}]


@pytest.mark.parametrize(
    ("typed", "why", "said"),
    [
        ("market.outside_weight", "form", ""),
        ("market.outside_weight=1,high", "form", ""),
        ("markt.outside_weight=1", "module", "market"),
        ("market.outside_weigt=1", "parameter", "outside_weight"),
        ("market.outside_weight=1,101", "range", "101"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused(typed: str, why: str, said: str) -> None:
    """With the nearest name, or the range."""
    with pytest.raises(BadSweep) as bad:
        sweep(typed, scenario("quickstart"))
    assert bad.value.why == why
    assert said in [*bad.value.values.values(), ""]


def test_a_sweep_of_a_million_sides_is_refused_before_any_is_made() -> None:
    """It says how many there would be."""
    values = tuple(range(100))
    with pytest.raises(BadSweep) as bad:
        _plan(sweeps=[Sweep("market", name, values) for name in ("weight_low", "weight_fair", "weight_high")])
    assert bad.value.values == {"count": 1_000_001, "games": 3_000_003, "most": MOST_CELLS}


def test_the_swapped_seat_takes_turns() -> None:
    """Game by game another seat of the role is bound, and compared with itself."""
    played = run(_plan(3, swaps=[("maker", "random")]), cores(1))
    cells: dict[str, dict[int, Row]] = {}
    for row in played.rows:
        cells.setdefault(row["cell"], {})[row["game"]] = row
    makers = [place for place, seat in enumerate(cells[""][0]["seats"]) if seat["role"] == "maker"]
    places = [makers[game % len(makers)] for game in range(3)]
    free, bound = (
        [cells[cell][game]["seats"][place]["score"] for game, place in enumerate(places)]
        for cell in ("", "maker: random")
    )
    lost = findings(played).section("swaps")
    assert lost is not None
    assert lost.lines[0].estimate == Pair.of(bound, free).difference().estimate()


def test_who_looks_ahead_is_held_against_the_standard_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """One seat of each role looks ahead in a world or two; the target says by how many points it is ahead."""
    swaps = [(role, "lookahead") for role in ("maker", "investor", "operator")]
    monkeypatch.setitem(POLICIES, "lookahead", partial(Lookahead, Foresight(worlds=1, seasons=1)))
    found = findings(run(plan(scenario("classroom").source, 4, 2, 1, swaps=swaps), cores(1)))
    ahead = {one.of: one for one in found.targets if one.name == "foresight"}
    assert ahead.keys() == {"maker", "investor", "operator"}
    swapped = found.section("swaps")
    assert swapped is not None
    assert [line.estimate for line in swapped.lines] == [one.measured for one in ahead.values()]
    assert all(one.lo == 0 and one.hi is None for one in ahead.values())


def _rows(angel: int, games: int = 40) -> Played:
    """Return a playtest in which the one angel always has so many points and the other investors 100."""
    seats = [
        {
            "role": "investor",
            "group": group,
            "score": score,
            "better_than": None,
            "among_best": None,
            "standings": [score],
        }
        for group, score in (("angel", angel), ("mentor", 100), ("fund", 100))
    ]
    told: dict[str, Any] = {"seats": seats, "outcomes": {"births": 2}, "seasons": 1, "refused": {}, "faults": []}
    told |= {"idle": {"market": {"1": 1, "2": 0, "3": 0}}, "offered": {"look": 3, "scout": 1}, "sent": {"look": 1}}
    told["modules"] = {}
    return Played(_plan(games), [{"cell": "", "game": game, **told} for game in range(games)])


def test_what_is_off_is_said_in_words() -> None:
    """A kind far below its role, a phase with little to do, a command that nobody sent; nothing of a few games."""
    found = findings(_rows(70))
    section = found.section("kind")
    assert section is not None
    angel = next(line for line in section.lines if line.name == "angel")
    assert angel.estimate.mean == pytest.approx(-200 / 9)
    assert angel.games == 40
    said = {one.text: dict(one.values) for one in found.warnings if one.text.startswith(("kind_below", "idle"))}
    assert said == {"kind_below": {"who": "angel", "by": 22}, "idle": {"phase": "market", "share": 33}}
    assert found.never == ("scout",)
    assert findings(_rows(98)).warnings[0].text == "idle"
    assert findings(_rows(70, games=3)).warnings == ()


def test_the_targets_are_held_against_what_was_measured() -> None:
    """A game of four seasons has them, one of two those that ask for no course; the met ones are within bounds."""
    seminar = tomllib.loads(shipped.scenario_source("seminar"))
    found = findings(run(plan(seminar, SEATS, 2, 5), cores(1)))
    assert {"born", "product", "ahead", "changes_role", "changes", "busy", "fair"} <= {
        one.name for one in found.targets
    }
    for one in found.targets:
        if one.verdict == "met":
            assert one.lo is None or one.lo <= one.measured.lo
            assert one.hi is None or one.measured.hi <= one.hi
    short = {one.name for one in findings(run(_plan(2), cores(1))).targets}
    assert short - {"garage"} == {"born", "receivership", "fair", "busy", "first", "no_deal"}


@pytest.mark.parametrize(
    ("seats", "asked"),
    [
        (12, {("kept", "maker"): (35, 65), ("kept", "investor"): (35, 65), ("ahead", "maker"): (67, 84)}),
        (18, {("kept", "maker"): (25, 65), ("kept", "investor"): (25, 65), ("ahead", "investor"): (58, 79)}),
        (19, {("ahead", "maker"): (62, 80), ("ahead", "investor"): (62, 80)}),
    ],
)
def test_three_seasons_have_a_course_and_no_lead_has_to_change(
    seats: int, asked: dict[tuple[str, str], tuple[float, float]]
) -> None:
    """Up to 18 seats it is the leader that may win or not, above any two rivals."""
    classroom = tomllib.loads(shipped.scenario_source("classroom"))
    told = findings(run(plan(classroom, seats, 2, 5), cores(1))).targets
    found = {(one.name, one.of): (one.lo, one.hi) for one in told}
    assert asked.items() <= found.items()
    assert {"product", "exit_unsold"} <= {name for name, _ in found}
    assert not {"changes", "changes_role"} & {name for name, _ in found}
    assert ("kept" in {name for name, _ in found}) is (seats <= 18)


def test_an_unknown_policy_is_refused() -> None:
    """The nearest name is said; what is imported has to be there, and to choose."""
    with pytest.raises(UnknownPolicy) as unknown:
        player("standrd")
    assert unknown.value.near == "standard"
    with pytest.raises(UnknownPolicy) as absent:
        player("no_such_package:Policy")
    assert absent.value.why == "ModuleNotFoundError: No module named 'no_such_package'"
    with pytest.raises(UnknownPolicy) as silent:
        player("builtins:list")
    assert "choose" in silent.value.why


def test_deaths_come_to_an_end() -> None:
    """A playtest whose every worker dies stops, and says what is missing."""

    def dies(*_: object) -> Generator[Row]:
        raise WorkerDied
        yield

    played = run(_plan(2), dies)
    assert (played.deaths, played.missing, [*played.rows]) == (3, 2, [])


def _race(*scores: tuple[int, ...]) -> Row:
    """Return a game with a standing for each season but the last, whose end is the score, of each of some makers."""
    return {"seats": [{"role": "maker", "standings": list(some), "score": some[-1]} for some in scores]}


def test_suspense_is_how_far_the_odds_still_move() -> None:
    """Where the first leader always wins nothing moves; where it wins every other time, half of the way is left."""

    def moved(*games: Row) -> dict[str, float]:
        found = Suspense("maker")
        for game in games:
            found.add(game)
        return {season: sums.mean for season, sums in found.all().items()}

    assert moved(_race((2, 2), (1, 1)), _race((1, 1), (2, 2))) == {"1": 0}
    assert moved(_race((2, 2), (1, 1)), _race((2, 1), (1, 2))) == {"1": 50}
    assert moved(_race((1, 1))) == {}


def test_suspense_learns_its_odds_from_the_first_games(monkeypatch: pytest.MonkeyPatch) -> None:
    """Games that come later are told by those odds, and none waits."""
    monkeypatch.setattr("makersphere_playtest.measured.suspense._LEARNED", 2)
    found = Suspense("maker")
    for game in (_race((2, 2), (1, 1)), _race((2, 1), (1, 2)), _race((2, 2), (1, 1))):
        found.add(game)
    assert not found._waiting
    assert found.all()["1"].count == 3
    assert found.all()["1"].mean == 50


def test_a_contest_is_told_by_who_was_ahead_and_from_when_on() -> None:
    """Of two pairs one kept its order; the winner led in the last two seasons of four."""
    makers = [(30, 20, 10, 10), (10, 10, 30, 30), (5, 5, 5, 5)]
    told = watched_game._contest(_race(*makers)["seats"])
    assert told["ahead_maker"] == pytest.approx(100 * 2 / 3)
    assert (told["kept_maker"], told["decided_maker"], told["changes_maker"]) == (0, 50, 1)
    assert (told["comeback_maker"], told["spread_maker"]) == (0, 25)


def test_the_minutes_that_people_need_are_within_the_clocks() -> None:
    """And not nothing."""
    row = play_row(_plan().cells[0], SEATS, 5, 0)
    clocks = sum(phase.seconds(season) for phase in scenario("quickstart").phases for season in (1, 2)) / 60
    assert 2 < row["outcomes"]["minutes"] <= clocks
    assert sum(row["modules"].values()) == sum(row["sent"].values())
