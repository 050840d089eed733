"""`makersphere playtest`: what it prints, the pages and numbers it writes, and what it refuses."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from arro3.io import read_parquet

from makersphere_bots.catalogue import POLICIES
from makersphere_bots.plots import PLOTS
from makersphere_cli.main import run
from makersphere_cli.reports import playtest_words as words
from makersphere_playtest.plans import playtests
from makersphere_playtest.plans.suspects import GAIN, SUSPECTS, Suspect
from makersphere_playtest.plans.sweeps import SWAPS, Cell
from makersphere_playtest.plans.watched_game import Row, play_row
from makersphere_protocol import texts
from makersphere_rules import shipped

QUICK = ("playtest", "quickstart", "--seats", "5", "--games", "2", "--jobs", "1")


def test_people_hear_what_is_off_and_programs_get_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    """Who played, a sentence on what nobody used, and every section; the same mean in both."""
    assert run([*QUICK, "--policy", "maker=greedy", "--sweep", "market.outside_weight=8,20"]) == 0
    shown = capsys.readouterr().out
    assert run([*QUICK, "--policy", "maker=greedy", "--sweep", "market.outside_weight=8,20", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    for said in (
        "Playtest: Quick start",
        "Maker: greedy, standard",
        "Never sent by anybody",
        "What market.outside_weight does",
    ):
        assert said in shown
    births = next(line for section in tree["sections"] for line in section["lines"] if line["name"] == "births")
    assert births["estimate"]["lo"] <= births["estimate"]["mean"] <= births["estimate"]["hi"]
    assert [cell["arm"] for cell in tree["sensitivities"][0]["rows"][0]["cells"]] == ["as_is", "8", "20"]


def test_reports_are_a_page_numbers_or_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that needs nothing else, all rows as JSON, a row for each seat as Parquet; games are played once."""
    rows = tmp_path / "rows"
    html, numbers, table = (tmp_path / f"found{suffix}" for suffix in (".html", ".json", ".parquet"))
    for report in (html, numbers, table):
        assert run([*QUICK, "--rows", str(rows), "--report", str(report)]) == 0
    page = html.read_text("utf-8")
    assert page.count("<svg") >= 5
    assert "http" not in page
    assert "<script" not in page
    tree = json.loads(numbers.read_text("utf-8"))
    scores = [seat["score"] for row in tree["rows"] for seat in row["seats"]]
    assert read_parquet(table).read_all()["score"].to_pylist() == scores
    kept = read_parquet(rows / "games-0000000.parquet").read_all()
    assert kept["births"].to_pylist() == [row["outcomes"]["births"] for row in tree["rows"]]


def test_a_hunt_tells_what_each_policy_and_plot_brings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the page with the bound of each, in the numbers by name; a plot and a swap of one's own are hunted too."""
    report, numbers = tmp_path / "hunt.html", tmp_path / "hunt.json"
    rows = ("--rows", str(tmp_path / "rows"), "--hunt", "--swap", "maker=forgetful")
    assert run([*QUICK, *rows, "--report", str(report)]) == 0
    assert "The hunt: what pays too much" in capsys.readouterr().out
    page = report.read_text("utf-8")
    assert words.suspect(Suspect("rent-30", "operator", -5)) in page
    assert "Plots: wins of the friend" in page
    assert page.count(f">{words.policy('rent-30')}") == 1  # in a picture, which says the role above
    assert page.count(">swap-all") == 1
    assert f">{escape(words.plotted('swap-all'))}" in page  # in the table
    assert page.count('class="band"') >= len(SUSPECTS) // 2
    assert run([*QUICK, *rows, "--report", str(numbers)]) == 0
    hunt = {one["suspect"]["name"]: one for one in json.loads(numbers.read_text("utf-8"))["hunt"]}
    assert {"swap-all", "forgetful", "rent-30"} <= hunt.keys()
    assert hunt["forgetful"]["suspect"]["most"] == GAIN
    assert {"brings", "points", "wins", "costs", "changed", "is_named"} <= hunt["swap-all"].keys()


def test_one_plot_is_played_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the scenario as it is, without the catalogue."""
    assert run([*QUICK, "--plot", "free-hours", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["hunt"]
    assert (one["suspect"]["name"], one["games"]) == ("free-hours", 2)


def test_a_lesson_report_is_one_page_for_a_teacher(tmp_path: Path) -> None:
    """How the class is seated, whether the time suffices, and what will likely happen."""
    report = tmp_path / "lesson.html"
    class_ = ("--lesson", "--class-size", "7", "--minutes", "5")
    assert run(["playtest", "quickstart", "--games", "2", "--jobs", "1", *class_, "--report", str(report)]) == 0
    page = report.read_text("utf-8")
    for said in (
        "Quick start: 7 people, 5 minutes",
        "7 seats. Maker: 4",
        "10 minutes of play by the clocks, 21 of the lesson",
        "16 more than it has",
        "ventures born",
    ):
        assert said in page


def test_a_lesson_report_says_what_later_seasons_bring(tmp_path: Path) -> None:
    """So that a teacher knows when to explain it."""
    mine, report = tmp_path / "mine.toml", tmp_path / "lesson.html"
    text = (
        shipped.scenario_source("seminar")
        .replace("[introduced]\nstudy = 5", "[introduced]\nstudy = 2")
        .replace('"seminar"', '"mine"')
    )
    mine.write_text(text, "utf-8")
    lesson = ("--lesson", "--class-size", "6", "--report", str(report))
    assert run(["playtest", str(mine), "--games", "2", "--jobs", "1", *lesson]) == 0
    assert "Season 2 brings: Study alone." in report.read_text("utf-8")


def test_stopped_in_the_middle_it_tells_of_what_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C: exit code 130, the numbers of the games that were played, and how many were not."""

    def one_game(cell: Cell, seats: int, seed: int, game: int) -> Row:
        if game == 1:
            raise KeyboardInterrupt
        return play_row(cell, seats, seed, game)

    monkeypatch.setattr(playtests, "play_row", one_game)
    assert run([*QUICK]) == 130
    assert "Stopped before the end: 1 games were not played." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--sweep market.outside_weigt=3", "market has no parameter outside_weigt; there is outside_weight."),
        ("--sweep market.outside_weight=101", "market.outside_weight can't be 101: it takes 0 to 100."),
        ("--sweep market=3", "A sweep reads module.parameter=a,b,c"),
        ("--policy king=random", "There is no role king at this table"),
        ("--policy maker=standrd", "There is no policy standrd; there is standard."),
        ("--swap king=random", "There is no role king at this table"),
        ("--swap random", "A swap reads ROLE=NAME, maker=random for instance; random does not."),
        ("--policy maker=random --policy maker=greedy", "--policy maker=greedy is the second for the same seats"),
        ("--policy random --policy greedy", "--policy greedy is the second for the same seats"),
        ("--policy os:path", "os:path can't be made a policy: TypeError: 'module' object is not callable."),
        ("--policy builtins:list", "builtins:list can't be made a policy: no `choose(view, legal, rng)`."),
        ("--lesson", "--lesson makes a page: name it with --report FILE.html."),
        ("--lesson --report found.json", "--lesson makes a page"),
        ("--class-size 31", "--class-size says something of a lesson alone"),
        ("--minutes 45", "--minutes says something of a lesson alone"),
        ("--sweep a.b=1", "No module a with parameters is played here; there is admission, "),
        ("--swap maker=lookahed", "There is no policy lookahed; there is lookahead."),
        ("--plot swap-al", "There is no plot swap-al; there is swap-all."),
        ("--plot os:path", "os:path is no plot: no `Plot`."),
        ("--plot stand-aside", "Nobody can play the plot stand-aside here"),
        ("--report found.pdf", "found.pdf is none of them"),
        ("--report nowhere/found.html", "The report can't be written to nowhere/found.html"),
        ("--minutes 0", "from 1 to 600"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(flags: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is played, with exit code 2."""
    assert run([*QUICK, *flags.split()]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_million_sides_are_refused_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits a week for a slip of the hand."""
    hundred = ",".join(map(str, range(1, 101)))
    sweeps = [f"--sweep=market.weight_{price}={hundred}" for price in ("low", "fair", "high")]
    assert run([*QUICK, *sweeps]) == 2
    assert "1,000,001 sides, 2,000,002 games" in capsys.readouterr().err


@pytest.mark.parametrize("language", texts.languages())
def test_every_swap_and_target_has_its_words(language: str) -> None:
    """No key is shown bare, in either language."""
    known = texts.catalogue(language)
    assert {f"policy.{name}" for _, name in SWAPS} | {f"policy.{name}" for name in POLICIES} <= known.keys()
    assert {f"playtest.target.{name}" for name in ("ready", "yellow", "capital", "naive", "first")} <= known.keys()
    assert {f"plot.{name}" for name in PLOTS} <= known.keys()
    more = ("suspense", "idle_seat", "modules")
    shown = (
        "course",
        "exits",
        "scores",
        "spread",
        "better_than",
        "background",
        "kind",
        "seat",
        "contest",
        "changes",
        "idle",
    )
    assert {f"playtest.section.{name}" for name in (*shown, *more, "commands", "swaps", "targets")} <= known.keys()
    ways = {f"playtest.warning.{name}_{way}" for name in ("background", "kind", "seat") for way in ("above", "below")}
    assert ways <= known.keys()
    assert words.label("seat", "3") != "seat"
