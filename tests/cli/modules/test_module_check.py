"""`makersphere module check`: a good module passes, and each thing that is wrong is told with its file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from makersphere_cli.main import run
from makersphere_rules import shipped
from tests.cli.modules.mutants import GOOD, MUTANTS, Mutant

MEANT = {  # remarks about the game's own modules, which are meant so
    ("incubation", "default_more"): "the day job that the close pays brings the rest",
    ("clearinghouse", "default_refused"): "whoever has no badge ranks nobody",
    ("clearinghouse_capital", "default_refused"): "as before",
}


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """Return what is found, as a program reads it; the exit code says whether anything has to be mended."""
    code = run(["module", "check", *words, "--json"])
    there: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert code == (2 if any(not one["is_remark"] for one in there) else 0)
    return there


def written(folder: Path, text: str) -> str:
    """Write a module into a folder of its own and return the file's name."""
    file = folder / "pot.py"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_good_module_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check does not cry wolf, and says how much it has played."""
    assert run(["module", "check", written(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out.endswith("pot.py is in order. Games played, each twice: 4.\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_is_wrong_is_pointed_at(mutant: Mutant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line that is to be mended, and no other; a field without a sight is a remark, since it may be meant."""
    there = found(capsys, written(tmp_path, mutant.source))

    assert {(one["what"], one["line"]) for one in there} == {(what, mutant.line) for what in mutant.found}
    assert {one["is_remark"] for one in there} == {mutant.found == {"no_sight"}}


def test_what_a_module_declares_of_its_ledger_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own reason and its own account, with words in both languages, are as good as the rulebook's."""
    text = GOOD.replace('GOVERNMENT, sum_, "tax")', '"pots:all", sum_, "gift")')
    text = text.replace("Posting(GOVERNMENT, maker_account(seat)", 'Posting("pots:all", maker_account(seat)')
    text = text.replace(" * 3 // 2", "")
    text = text.replace(
        'needs = ("world",)', 'needs = ("world",)\n    accounts = {"pots": MAKER}\n    reasons = {"gift": "gift"}'
    )
    words = '"reason.gift": "A gift", "why.gift": "It comes back.", "ui.account.pots": "the pot",'
    text = text.replace('"phase.pot":', f'{words}\n            "phase.pot":')

    assert found(capsys, written(tmp_path, text)) == []


@pytest.mark.parametrize("name", shipped.own_modules())
def test_the_games_own_modules_are_in_order(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check refuses, no module of the game does."""
    assert {(name, one["what"]) for one in found(capsys, name)} <= MEANT.keys()


@pytest.mark.parametrize(
    ("old", "new", "what", "at"),
    [
        ("split(sum(", "split(1 // 0 + sum(", "hook_raised", "1 // 0"),
        (
            "def defaults(self, state: State, seat: int)",
            "def defaults(self, state: State)",
            "hook_takes",
            "def defaults",
        ),
        ('"command.chip_in": "出一份",', "", "text_missing", 'Command.sealed("chip_in"'),
        ('"goal_raised", {"credits": self', '"goal_raised", {"c": self', "value_missing", '{"c": self'),
        ("param(5, 1, 100", "param(500, 1, 100", "param_outside", "param(500"),
        ('needs = ("world",)', 'needs = "world"', "one_for_several", 'needs = "world"'),
        ("makers = draft.state.seats(MAKER)", 'makers = draft.state.seats(open("x"))', "no_io", 'open("x")'),
        ("{credits}。", "{sum}。", "values_apart", '"log.goal_raised": "The goal'),
        ('needs = ("world",)', 'reasons = {"gift": "nowhere"}', "ledger_place", 'reasons = {"gift"'),
        ('needs = ("world",)', 'reasons = {"gift": "gift"}', "text_missing", 'reasons = {"gift"'),
        ('needs = ("world",)', 'accounts = {"pots": "venture"}', "ledger_place", 'accounts = {"pots"'),
        ('needs = ("world",)', 'accounts = {"escrow": "maker"}', "ledger_own", 'accounts = {"escrow"'),
        ('needs = ("world",)', 'main = ("chip_inn",)', "main_unknown", "main = ("),
        ('needs = ("world",)', 'main = "chip_in"', "one_for_several", "main = "),
        ('needs = ("world",)', "wall = (GoalRaised,)", "wrong_kind", "wall = ("),
    ],
)
def test_more_that_is_wrong_is_found(
    old: str, new: str, what: str, at: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each at its line, whatever else follows from it."""
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    (line,) = (number for number, one in enumerate(text.splitlines(), 1) if at in one)

    there = found(capsys, written(tmp_path, text))
    assert (what, line) in {(one["what"], one["line"]) for one in there}


def test_the_same_seed_must_give_the_same_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no reading of the source can find: something is kept from one game to the next."""
    text = GOOD.replace("class Pot(RuleModule)", "_KEPT: list[int] = []\n\n\nclass Pot(RuleModule)")
    text = text.replace("    makers = draft", "    _KEPT.append(1)\n        makers = draft", 1)
    text = text.replace("* 3 // 2", "* 3 // 2 + len(_KEPT)")

    (one,) = found(capsys, written(tmp_path, text))
    assert one["what"] == "not_the_same"
    assert "draft.emit(PotShared" in text.splitlines()[one["line"] - 1]


def test_everything_is_told_at_once_in_order_of_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several things that are wrong stand below each other, as editors read them, and are counted."""
    text = GOOD.replace("    def close(self", "    def closes(self").replace('"goal_high")', '"goal_hihg")', 1)
    assert run(["module", "check", written(tmp_path, text)]) == 2
    lines = capsys.readouterr().out.splitlines()
    first, second = (line.split(": ")[1] for line in lines[:-1])
    assert first == "refusal.goal_hihg is not said (en, zh). Did you mean refusal.goal_high?"
    assert second.startswith("closes is no hook or attribute of a rule module, so nothing calls it;")
    assert second.endswith("Did you mean close?")
    assert all(line.startswith("pot.py:") for line in lines[:-1])
    assert lines[-1] == "Mistakes: 2."


@pytest.mark.parametrize(
    ("text", "why"),
    [("def (", "SyntaxError"), ("import not_there\n", "ModuleNotFoundError"), ("raise SystemExit(0)", "SystemExit")],
)
def test_a_module_that_cannot_be_loaded_is_told_with_its_line(
    text: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In place of a traceback."""
    (one,) = found(capsys, written(tmp_path, f"\n{text}"))
    assert (one["what"], one["line"], Path(one["file"]).name) == ("not_loaded", 2, "pot.py")
    assert why in one["sentence"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("countr", "There is no rule module countr here; did you mean counter?"),
        ("zzz", "There is no rule module zzz here; there are admission, appraisal, "),
        ("./nowhere", "./nowhere has no pyproject.toml that can be read (No such file or directory)"),
        ("empty.py", "empty.py has no subclass of RuleModule with a name."),
    ],
)
def test_what_is_no_module_is_said_in_a_sentence(name: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With what there is."""
    Path("empty.py").touch()
    assert run(["module", "check", name]) == 2
    assert sentence in capsys.readouterr().err


def test_an_installed_package_that_is_broken_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told with its line when it is asked for, and everything else can be looked over beside it."""
    about = tmp_path / "broken_pot-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-pot\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[makersphere.rules]\nbroken_pot = broken_pot:Pot\n")
    (tmp_path / "broken_pot.py").write_text("\n\nimport not_there\n")
    monkeypatch.syspath_prepend(tmp_path)

    (one,) = found(capsys, "broken_pot")
    assert (one["what"], one["line"], Path(one["file"]).name) == ("not_loaded", 3, "broken_pot.py")
    assert found(capsys, "counter") == []


def test_a_scenario_that_is_damaged_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one beside the module, or the one that is asked for; then nothing is played."""
    scenario = tmp_path / "mine.toml"
    scenario.write_text('name = "mine"\nseasons = 99\n\n[[phase]]\nname = "pot"\nmodules = ["pot"]\n')
    for words in ((), ("--scenario", str(scenario))):
        (one,) = found(capsys, written(tmp_path, GOOD), *words)
        assert (one["what"], Path(one["file"]).name) == ("scenario_damaged", "mine.toml")
    assert run(["module", "check", "counter", "--scenario", "nowhere.toml"]) == 2
    assert "nowhere.toml can't be read: No such file or directory." in capsys.readouterr().err


def test_a_scenario_that_does_not_play_the_module_plays_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is told that all is well after games of something else."""
    scenario = tmp_path / "mine.toml"
    scenario.write_text(shipped.scenario_source("counter"), "utf-8")
    (one,) = found(capsys, written(tmp_path, GOOD), "--scenario", str(scenario))
    assert (one["what"], one["is_remark"]) == ("not_played", True)
