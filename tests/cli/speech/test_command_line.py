"""Command lines: what is there, what they take, and one sentence for those that cannot be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from makersphere_cli.main import _app, run
from makersphere_cli.speech import words
from makersphere_server.settings import Settings
from tests.cli.program import COMMAND, assert_one_sentence, environment, makersphere, started

COMMANDS = (
    *(
        "doctor",
        "play",
        "serve",
        "join",
        "bots",
        "mcp",
        "demo",
        "simulate",
        "experiment",
        "playtest",
        "targets",
        "tune",
    ),
    *(
        "scenario",
        "module",
        "playthrough",
        "schema",
        "verify",
        "why",
        "debrief",
        "export",
        "rooms",
        "class",
        "backup",
        "restore",
        "mqtt",
    ),
)
LONG = "a" * 300  # more than a file can be called
READERS = ("demo --scenario", "simulate", "play --scenario", "scenario check", "scenario show", "schema")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one sentence that was said, and nothing else."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("makersphere: ")
    return captured.err


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("frob", f"There is no command frob; there are {', '.join(COMMANDS)}."),
        ("sim", "There is no command sim; did you mean simulate?"),
        ("join --data mine", "There is no flag --data here; `makersphere join --help` lists them."),
        ("join --wach", "There is no flag --wach here; did you mean --watch?"),
        ("simulate", "SCENARIO needs a value; `makersphere simulate --help` shows which."),
        ("simulate contr", "There is no scenario contr; did you mean counter?"),
        (
            "simulate zzz",
            "There is no scenario zzz; there are classroom, counter, mechanisms, quickstart, rivals, seminar,",
        ),
        ("simulate counter --seats x", "--seats can't be x: it takes a whole number."),
        ("simulate counter --seats 6.5", "--seats can't be 6.5: it takes a whole number."),
        ("simulate counter --seed 0x10", "--seed can't be 0x10: it takes a whole number."),
        ("serve --most-rooms 7.6", "--most-rooms can't be 7.6: it takes a whole number."),
        *((f"{command} {LONG}", f"There is no scenario {LONG};") for command in READERS),
        (f"verify {LONG}", "can't be read"),
        (f"rooms list --data {LONG}", f"The rooms in {LONG} can't be read"),
        (f"experiment paths --report {LONG}/x.html", "The report can't be written"),
        ("rooms list --data nowhere", "The rooms in nowhere can't be read: No such file or directory."),
        ("scenario new my school", 'A name is one word, or stands in quotes: "my school". A file ends in .toml.'),
        ("scenario new classroom", "classroom.toml calls itself classroom, as a scenario that ships does"),
        ("experiment paths --report nowhere/x.html", "The report can't be written to nowhere/x.html: No such file"),
        ("simulate counter --seats 0", "--seats can't be 0: it takes a whole number from 1 to 500."),
        ("simulate counter --seats 501", "--seats can't be 501: it takes a whole number from 1 to 500."),
        ("simulate counter --seed -1", "--seed can't be -1: it takes a whole number from 0 to 9,007,199,254,740,991."),
        ("simulate counter --games 0", "--games can't be 0: it takes a whole number from 1 to 1,000,000."),
        ("simulate counter --games", "--games needs a value"),
        (
            "simulate counter --policy best",
            "--policy can't be best: it takes one of standard, random, cautious, greedy, ",
        ),
        ("play --bots godlike", "--bots can't be godlike: it takes one of easy, normal, hard."),
        (
            "demo counter --policy lookahead",
            "--policy can't be lookahead: lookahead plays games on before it moves, which",
        ),
        ("bots here ROOM --policy lookahead", "--policy can't be lookahead: lookahead plays games on before it moves"),
        ("simulate counter --seet 3", "There is no flag --seet here; did you mean --seed?"),
        ("simulate counter --qqq 3", "There is no flag --qqq here; `makersphere simulate --help` lists them."),
        ("simulate counter 7", "7 is one word too many; `makersphere simulate --help`"),
        ("serve --port x", "--port can't be x: it takes a whole number."),
        ("serve --port 70000", "There is no port 70000; name one from 1 to 65535 with --port"),
        ("play --port 70000", "There is no port 70000"),
        ("serve --most-rooms 0", "--most-rooms can't be 0: it takes a number from 1 to 10,000."),
        ("play --failures-per-s 99", "--failures-per-s can't be 99: it takes a number from 1 to 15."),
        ("serve --log-level loud", "--log-level can't be loud: it takes one of debug, info, warning, error."),
        ("play --scenario classrom", "There is no scenario classrom; did you mean classroom?"),
        ("play --scenario mine.toml", "mine.toml can't be read: No such file or directory."),
        ("demo --scenario ./mine", "./mine can't be read: "),
        ("demo --scenario classrom", "There is no scenario classrom; did you mean classroom?"),
        ("scenario shw counter", "There is no command shw; did you mean show?"),
        ("join localhost:8000 K7QFABC --watch --host", "take one of them"),
        ("verify", "LOG needs a value"),
    ],
)
def test_a_line_that_cannot_be_read_gets_one_sentence(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is wrong and what to do, on standard error, with exit code 2."""
    assert run(line.split()) == 2
    assert sentence in said(capsys)


def test_a_scenario_without_a_name_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """A variable of a script that was empty, for instance."""
    assert run(["simulate", ""]) == 2
    assert "Name a scenario: there are classroom, " in said(capsys)


def test_the_sentence_is_in_the_persons_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Chinese terminal is answered in Chinese."""
    monkeypatch.delenv("MAKERSPHERE_LANGUAGE")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    words.language.cache_clear()

    assert run(["simulate", "contr"]) == 2
    assert "没有 contr 这个剧本" in said(capsys)
    words.language.cache_clear()


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """And each command has a help of its own."""
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if f" {name} " not in shown] == []
    for name in COMMANDS:
        assert run([name, "--help"]) == 0
        assert f"makersphere {name}" in capsys.readouterr().out


def test_help_waits_for_nothing_heavy(tmp_path: Path) -> None:
    """Servers, stores, terminals and arithmetic are imported by the commands that use them, not to list these."""
    command = [sys.executable, "-X", "importtime", *COMMAND[1:], "--help"]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, encoding="utf-8", check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}

    assert "makersphere_cli" in imported
    heavy = {"makersphere_rules", "sqlalchemy", "websockets", "werkzeug", "textual", "joblib", "numpy", "scipy"}
    assert imported & heavy == set()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version alone, for scripts."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.count(".") == 2


def test_a_sentence_in_a_process_of_its_own(tmp_path: Path) -> None:
    """No traceback, nothing on standard output, exit code 2."""
    assert_one_sentence(makersphere(tmp_path, "simulate", "contr"), "did you mean counter?")


def test_a_reader_that_has_seen_enough_is_no_trouble(tmp_path: Path) -> None:
    """`makersphere schema | head -1` ends without a traceback."""
    with started(tmp_path, "schema", "classroom") as command:
        command.read_until("{")
        assert command.process.stdout is not None
        command.process.stdout.close()
        command.process.stdout = None
        _, complaint = command.process.communicate(timeout=180)

    assert complaint == ""


class TestSettings:
    """Flags count before variables, these before the file, and the file before the defaults."""

    def settings(self, *flags: str) -> Settings:
        """Return what `serve` would be told."""
        _, bound, *_ = _app().parse_args(["serve", *flags])
        bound.apply_defaults()
        found = bound.arguments["settings"]
        assert isinstance(found, Settings)
        return found

    def test_precedence(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each source overrides the next."""
        assert self.settings().port == 8000
        (tmp_path / "makersphere.toml").write_text("[server]\nport = 8001\nlab = true\n")
        assert (self.settings().port, self.settings().lab) == (8001, True)
        monkeypatch.setenv("MAKERSPHERE_PORT", "8002")
        assert (self.settings().port, self.settings().lab) == (8002, True)
        assert self.settings("--port", "8003", "--no-lab") == Settings(port=8003)

    def test_another_file_can_be_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """By `MAKERSPHERE_CONFIG`; then it must be there."""
        (tmp_path / "other.toml").write_text("[server]\nport = 8009\n")
        monkeypatch.setenv("MAKERSPHERE_CONFIG", "other.toml")

        assert self.settings().port == 8009

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[server]\nprt = 1\n", "There is no setting prt"),
            ("[server]\nprt = 1\n", "there are backlog_bytes, class_key, codes_begin_with, "),
            ('[server]\nport = "x"\n', "can't be x: it takes a whole number"),
            ("[server\n", "The settings file can't be read: "),
        ],
    )
    def test_a_file_with_mistakes(
        self, text: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One sentence says which setting."""
        (tmp_path / "makersphere.toml").write_text(text)

        assert run(["serve"]) == 2
        assert sentence in said(capsys)

    def test_a_file_that_is_not_there(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A named file must exist."""
        monkeypatch.setenv("MAKERSPHERE_CONFIG", "nowhere.toml")

        assert run(["serve"]) == 2
        assert "There is no file nowhere.toml" in said(capsys)

    def test_a_variable_with_a_mistake(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The sentence names the variable."""
        monkeypatch.setenv("MAKERSPHERE_PORT", "high")

        assert run(["serve"]) == 2
        assert "MAKERSPHERE_PORT can't be high: it takes a whole number." in said(capsys)

    def test_the_file_is_the_servers(self, tmp_path: Path) -> None:
        """Commands without a server do not stumble over it."""
        (tmp_path / "makersphere.toml").write_text("[server]\nport = 8001\n")

        assert run(["scenario", "check", "counter"]) == 0
