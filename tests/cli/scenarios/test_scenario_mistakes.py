"""`makersphere scenario check`: every mistake of a file, with its line, in the person's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from makersphere_cli.main import run
from makersphere_cli.scenarios.lookup import Source, mistakes_of
from makersphere_cli.speech import words
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.mistakes import EXPECTED

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


def test_check_lists_all_mistakes_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In order of lines, with the nearest valid name; exit code 2."""
    path = tmp_path / "mine.toml"
    path.write_text(BAD)

    assert run(["scenario", "check", "mine.toml"]) == 2
    lines = capsys.readouterr().out.splitlines()

    assert lines == [
        "mine.toml:2: seasons: expected a whole number from 1 to 40",
        "mine.toml:3: sets: expected one of the scenario's tables; did you mean seats?",
        "mine.toml:7: phase[0].modules.countre: expected the name of a rule module; did you mean counter?",
        "mine.toml:11: phase[1].limit: expected name, limit_s or modules; did you mean limit_s?",
        "mine.toml:15: counter.most: expected a whole number from 1 to 1000",
        "mine.toml:16: counter.moost: expected a parameter of counter; did you mean most?",
        "Mistakes: 6.",
    ]


def test_check_says_when_a_file_is_named_as_a_shipped_scenario(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It plays headless, but no server would take it: the sentence stands beside the result, which stays as it is."""
    (tmp_path / "mine.toml").write_text(shipped.scenario_source("quickstart"))

    assert run(["scenario", "check", "mine.toml", "--json"]) == 0
    printed = capsys.readouterr()

    assert json.loads(printed.out) == []
    assert "mine.toml calls itself quickstart" in printed.err


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


WORLD = """name = "mine"
seasons = 2
modules = ["world"]

[[phase]]
name = "policy"
modules = ["policy"]

[[phase]]
name = "market"
modules = ["market", "waterfall"]

[[phase]]
name = "admission"
modules = ["admission"]
"""


def test_a_consequence_is_not_told_as_a_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the module that deals the table nobody acts anywhere; only what is missing is said, and where."""
    source = shipped.scenario_source("classroom")
    assert source.count('modules = ["world", "par"]') == 1
    (tmp_path / "mine.toml").write_text(source.replace('modules = ["world", "par"]', 'modules = ["par"]'))
    assert run(["scenario", "check", "mine.toml"]) == 2
    first, *others, last = capsys.readouterr().out.splitlines()
    assert first.endswith("modules.par: expected a module for world beside par: world")
    assert all("module world in a phase or in the scenario's modules" in line for line in others)
    assert last == f"Mistakes: {1 + len(others)}."


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("made_for = [30, 2]\n", "made_for: expected the fewest and the most seats, two whole numbers from 1 to 500, "),
        ("[market]\n", "market: expected module market in a phase or in the scenario's modules, or no table of it"),
    ],
)
def test_what_is_right_in_another_place_is_told_so(
    change: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two numbers the wrong way round, and a table of a module that nothing plays: what is known is not called new."""
    source = 'name = "mine"\nseasons = 1\n' + change + '[[phase]]\nname = "count"\nmodules = ["counter"]\n'
    if change.startswith("["):
        source = 'name = "mine"\nseasons = 1\n[[phase]]\nname = "count"\nmodules = ["counter"]\n' + change
    (tmp_path / "mine.toml").write_text(source)
    assert run(["scenario", "check", "mine.toml"]) == 2
    assert line in capsys.readouterr().out


PAUSE = """[]

[[phase]]
name = "pause"
modules = []"""


@pytest.mark.parametrize(
    ("was", "becomes", "line", "said"),
    [
        ("seasons = 2", 'seasons = "2"', 2, "seasons: expected a whole number from 1 to 40"),
        ("seasons = 2", "seasons = 2.0", 2, "seasons: expected a whole number from 1 to 40"),
        ("seasons = 2", "seasons = true", 2, "seasons: expected a whole number from 1 to 40"),
        ("seasons = 2", "seasons = 41", 2, "seasons: expected a whole number from 1 to 40"),
        ("seasons = 2", "season = 2", 2, "season: expected one of the scenario's tables; did you mean seasons?"),
        ('name = "mine"', "name = 7", 1, "name: expected a text of 1 to 40 characters"),
        ('name = "mine"', f'name = "{"m" * 41}"', 1, "name: expected a text of 1 to 40 characters"),
        ('modules = ["world"]', 'modules = "world"', 3, "modules: expected a list of module names"),
        ('["world"]', '["wolrd"]', 3, "modules.wolrd: expected the name of a rule module; did you mean world?"),
        ('["policy"]', '["policy", 7]', 7, "phase[0].modules: expected a list of module names"),
        (
            'name = "policy"',
            'nmae = "policy"',
            6,
            "phase[0].nmae: expected name, limit_s or modules; did you mean name?",
        ),
        ('name = "policy"', 'name = "market"', 10, "phase[1].name: expected a name of its own; market is there twice"),
        ('["policy"]', '["policy"]\nlimit_s = -1', 8, "phase[0].limit_s: expected a whole number from 0 to 86400"),
        ('["policy"]', '["policy", "policy"]', 7, "expected each module once; policy is there twice"),
        ('["policy"]', '["admission"]', 7, "expected module admission in a phase named admission"),
        ('["policy"]', '["policy", "world"]', 7, "expected module world under the scenario's own modules"),
        (
            '["market", "waterfall"]',
            '["market"]',
            11,
            "expected a module for payout beside market: waterfall or pro_rata",
        ),
        ('["market", "waterfall"]', '["waterfall", "market"]', 11, "expected module waterfall after market"),
        ('["market", "waterfall"]', PAUSE, 9, "expected a scored action for each maker at least in every other phase"),
        ("", "[world]\nspirit = 11\n", 17, "world.spirit: expected a whole number from 0 to 10"),
        ("", '[world]\nspirit = "5"\n', 17, "world.spirit: expected a whole number from 0 to 10"),
        ("", "[world]\nspirits = 5\n", 17, "world.spirits: expected a parameter of world; did you mean spirit?"),
        ("", "[wrld]\nspirit = 5\n", 16, "wrld: expected one of the scenario's tables; did you mean world?"),
        ("", "[market]\nreserve_most = 20\n", 16, "market.reserve: expected at most market.reserve_most (20)"),
        ("", "spirit = \n", 16, "TOML: “Invalid value"),
        ("", "[world]\nspirit = 5\nspirit = 5\n", 18, "TOML: “Cannot overwrite a value"),
    ],
)
def test_each_mistake_is_told_at_its_line(
    was: str, becomes: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it stands, what was expected, and the nearest valid name."""
    text = WORLD.replace(was, becomes, 1) if was else WORLD + becomes
    (tmp_path / "mine.toml").write_text(text)

    assert run(["scenario", "check", "mine.toml"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [one for one in lines if one.startswith(f"mine.toml:{line}: ") and said in one], lines


def test_the_file_that_is_damaged_above_is_in_order(tmp_path: Path) -> None:
    """So each damage is the only one."""
    (tmp_path / "mine.toml").write_text(WORLD)
    assert run(["scenario", "check", "mine.toml"]) == 0


def test_mistakes_are_told_in_the_persons_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chinese, as whole sentences; as JSON in English for everybody."""
    (tmp_path / "mine.toml").write_text(BAD)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "zh")
    words.language.cache_clear()

    assert run(["scenario", "check", "mine.toml"]) == 2
    assert "mine.toml:2: seasons 应为\N{FULLWIDTH COLON}1 到 40 的整数" in capsys.readouterr().out


def test_every_sentence_of_the_rules_is_in_the_texts() -> None:
    """In English word for word, so that a log and a person read the same."""
    said = texts.catalogue("en")
    assert {key: said.get(f"terminal.expected.{key}") for key in EXPECTED} == dict(EXPECTED)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["new"],
        ["new", "m" * 41],
        ["new", ""],
        ["new", "mine", "no/such/folder/mine.toml"],
        ["new", "mine", "--from", "clasroom"],
        ["new", "mine", "--from", "absent.toml"],
        ["new", "mine", "--from", "damaged.toml"],
        ["new", "mine", "damaged.toml"],
        ["new", "my", "school"],
        ["new", "mine", "--form", "counter"],
        ["check"],
        ["check", "absent.toml"],
        ["chek", "counter"],
    ],
    ids=" ".join,
)
def test_bad_input_is_told_in_one_sentence(
    arguments: list[str],
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 2, in either language, and nothing is written."""
    (tmp_path / "damaged.toml").write_text("name = ")
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", language)
    words.language.cache_clear()

    assert run(["scenario", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("makersphere: ")
    assert captured.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.toml"]


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
