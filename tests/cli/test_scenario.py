"""`makersphere scenario`: what ships, what is in it, and every mistake of a file with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from makersphere_cli.main import run
from makersphere_cli.scenarios import Source, mistakes_of
from makersphere_rules import shipped

GOOD = """name = "mine"
seasons = 1

[[phase]]
name = "count"
modules = ["counter"]

[counter]
most = 3
"""
BAD = """name = "mine"
seasons = 0
sets = 3

[[phase]]
name = "count"
modules = ["countre"]

[[phase]]
name = "again"
limit = 3
modules = ["counter"]

[counter]
most = 5000
moost = 1
"""


def test_list_names_every_shipped_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """With its title, seats and seasons."""
    assert run(["scenario", "list"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in shipped.scenario_names() if name not in shown] == []
    assert "Quick start" in shown


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_shipped_scenarios_can_be_shown_and_are_in_order(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever ships can be played."""
    assert run(["scenario", "show", name]) == 0
    assert run(["scenario", "check", name]) == 0
    assert f"{name} is in order." in capsys.readouterr().out


def test_show_gives_value_range_and_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    """Every parameter, as the scenario has it."""
    assert run(["scenario", "show", "counter"]) == 0
    shown = capsys.readouterr().out
    assert "counter.most" in shown
    assert "1-1000" in shown
    assert "The largest step that a seat may count at once." in shown


def test_a_good_file_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file counts as well as a shipped name, for simulate too."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)

    assert run(["scenario", "check", str(path)]) == 0
    assert "is in order" in capsys.readouterr().out
    assert run(["simulate", "mine.toml", "--seats", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenario"] == "mine"


def test_check_lists_all_mistakes_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In order of lines, with the nearest valid name; exit code 2."""
    path = tmp_path / "mine.toml"
    path.write_text(BAD)

    assert run(["scenario", "check", "mine.toml"]) == 2
    lines = capsys.readouterr().out.splitlines()

    assert lines == [
        "mine.toml:2: seasons: expected a whole number from 1 to 40",
        "mine.toml:3: sets: expected one of the scenario's tables; did you mean 'seats'?",
        "mine.toml:7: phase[0].modules.countre: expected the name of a rule module; did you mean 'counter'?",
        "mine.toml:11: phase[1].limit: expected name, limit_s or modules; did you mean 'limit_s'?",
        "mine.toml:15: counter.most: expected a whole number from 1 to 1000",
        "mine.toml:16: counter.moost: expected a parameter of counter; did you mean 'most'?",
        "Mistakes: 6.",
    ]


def test_check_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For editors: line, path, expected, nearest."""
    (tmp_path / "mine.toml").write_text(BAD)

    assert run(["scenario", "check", "mine.toml", "--json"]) == 2
    first = json.loads(capsys.readouterr().out)[0]
    assert first == {"line": 2, "path": "seasons", "expected": "a whole number from 1 to 40", "nearest": ""}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = ", 1),
        ('name = "a"\nseasons = 1\n[[phase\n', 3),
        ('name = "a"\nname = "b"\n', 2),
        ("phase = [1]\n", 1),
        ("phase = 3\n", 1),
        ("\n[phase]\nname = 3\n", 2),
        ("\n\ncounter = 7\n", 3),
        ('name = 3\nseasons = "x"\n', 1),
        ("[[phase]]\nname = 3\nmodules = 3\nlimit_s = -1\n", 1),
        ("", 1),
    ],
)
def test_no_file_is_too_damaged_for_a_sentence(
    text: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in it: check says where, and whoever wants to play it gets one sentence."""
    (tmp_path / "mine.toml").write_text(text)

    assert run(["scenario", "check", "mine.toml"]) == 2
    captured = capsys.readouterr()
    assert f"mine.toml:{line}: " in captured.out
    assert captured.err == ""
    assert run(["simulate", "mine.toml"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("makersphere: mine.toml, line ")
    assert "`makersphere scenario check mine.toml` lists them all." in captured.err
    assert captured.err.count("\n") == 1


VALUES = st.recursive(
    st.integers(-3, 50) | st.booleans() | st.floats(0, 1) | st.sampled_from(["counter", "count", "", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "most", "q"]), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(["name", "seasons", "seats", "modules", "phase", "counter", "world", "other"])


def toml(value: object) -> str:
    """Return a value as TOML writes it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(inner) for inner in value) + "]"
    return json.dumps(value) if not isinstance(value, float) else f"{value:.3f}"


@anything(st.dictionaries(KEYS, VALUES))
def test_any_tree_is_built_or_explained(tree: dict[str, object]) -> None:
    """Nothing that TOML can say makes the check fall over, and every mistake has a line of the file."""
    text = "".join(f"{key} = {toml(value)}\n" for key, value in tree.items())

    mistakes = mistakes_of(Source("any.toml", text))

    assert mistakes == [] or mistakes[0][1].expected
    assert all(1 <= line <= max(1, len(tree)) for line, _ in mistakes)


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Absent, a folder, or no text: one sentence each."""
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    for name, sentence in (
        ("absent.toml", "absent.toml can't be read: No such file or directory."),
        ("folder.toml", "folder.toml can't be read: "),
        ("latin.toml", "latin.toml is no text in UTF-8 (byte 12); save it as UTF-8."),
        ("sub/absent", "sub/absent can't be read: "),
    ):
        assert run(["scenario", "check", name]) == 2
        captured = capsys.readouterr()
        assert sentence in captured.err
        assert captured.out == ""
