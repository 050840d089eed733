"""`makersphere why`: what it prints of a kept log, in sentences and as JSON, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_cli.speech import words
from makersphere_server.storage.log_file import export_jsonl, read_jsonl

ROOT = Path(__file__).resolve().parents[3]
LOG = ROOT / "tests" / "golden" / "quickstart-v1.jsonl"
QUICK = ("why", str(LOG), "--futures", "3", "--jobs", "1")


def moments(shown: str) -> list[dict[str, object]]:
    """Return what was printed as JSON, a moment a line."""
    return [json.loads(line) for line in shown.splitlines()]


def test_people_read_a_cause_a_what_if_and_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    """Each moment has its line of the log, its sentences with names, and what differs, in either language."""
    assert run(QUICK) == 0
    shown = capsys.readouterr().out
    for said in (
        "Room KEEP234: 2 moments. For each, bots play 3 futures twice",
        "2 of 2 · season 2, Matching · record 220 of the log",
        "Maker 2 and Investor 4 talk about money for Edible Bowl, and do not sign. Its appeal is 5 of 6.",
        "And if they had signed?",
        "Edible Bowl is born, in futures of 100, on average: 0 as it was, 100 otherwise; the difference is +100",
        "What happened: Maker 2, Investor 4: what did each of you know about Edible Bowl then",
    ):
        assert said in shown


def test_people_read_it_in_chinese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence is missing, and no placeholder is left."""
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "zh")
    words.language.cache_clear()
    assert run(QUICK) == 0
    shown = capsys.readouterr().out
    assert "谈过投资" in shown
    assert not re.search(r"[{}]|[a-z]+\.[a-z]+", shown)


def test_programs_get_a_line_of_json_for_each_moment_and_always_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The same seed gives the same lines, on one core and on two; another seed gives other numbers."""
    assert run([*QUICK, "--json"]) == 0
    shown = capsys.readouterr().out
    assert [moment["number"] for moment in moments(shown)] == [2, 1]
    assert run(["why", str(LOG), "--futures", "3", "--jobs", "2", "--json"]) == 0
    assert capsys.readouterr().out == shown
    assert run([*QUICK, "--json", "--seed", "2"]) == 0
    assert capsys.readouterr().out != shown


def test_a_game_that_is_not_over_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What made it would be a secret of people who still play."""
    file = read_jsonl(LOG)
    begun = tmp_path / "begun.jsonl"
    export_jsonl(file.row, file.records[:-1], begun)
    assert run(["why", str(begun)]) == 2
    assert "still being played" in capsys.readouterr().err


def test_a_game_without_facts_that_could_go_otherwise_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """`counter` has no signature, bar, roll, price or level."""
    assert run(["why", str(LOG.with_name("counter-v1.jsonl"))]) == 0
    assert "nothing in its log is a fact that could have gone another way" in capsys.readouterr().out


def test_what_is_no_log_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """As `verify` says it."""
    assert run(["why", "absent.jsonl"]) == 2
    assert "absent.jsonl can't be read" in capsys.readouterr().err
