"""`makersphere simulate` and `makersphere schema`: what they print for machines and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from makersphere_bots.random_moves import Random
from makersphere_cli.main import run
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.shipped import scenario
from tests.cli.program import makersphere

KEYS = {
    "scenario",
    "seats",
    "seed",
    "games",
    "seasons",
    "commands",
    "events",
    "state_hash",
    "scores",
    "figures",
    "ledger_sum",
    "wall_s",
    "cpu_s",
}


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Return what `simulate --json` prints."""
    assert run(["simulate", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json_has_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    """One object; an entry of scores for each game and seat."""
    found = report(capsys, "quickstart", "--seats", "6", "--seed", "7", "--games", "2")

    assert found.keys() >= KEYS
    assert (found["scenario"], found["seats"], found["seed"], found["games"]) == ("quickstart", 6, 7, 2)
    assert [(score["game"], score["seat"]) for score in found["scores"]] == [
        (game, seat) for game in range(2) for seat in range(1, 7)
    ]
    assert {score["role"] for score in found["scores"]} == {"maker", "investor", "operator"}
    assert found["ledger_sum"] == 0
    assert set(found["figures"]) == {"1", "2"}
    assert len(found["state_hash"]) == 64


def test_the_same_seed_gives_the_same_game_in_another_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing but the seed goes in; another hash order of Python changes nothing."""
    here = report(capsys, "quickstart", "--seed", "7")
    there = makersphere(tmp_path, "simulate", "quickstart", "--seed", "7", "--json", PYTHONHASHSEED="99")
    other = report(capsys, "quickstart", "--seed", "8")

    assert json.loads(there.stdout)["state_hash"] == here["state_hash"]
    assert other["state_hash"] != here["state_hash"]


@pytest.mark.parametrize("policy", ["standard", "random"])
def test_each_policy_plays_to_the_end(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Random bots too, with books that are right."""
    found = report(capsys, "quickstart", "--seed", "3", "--policy", policy)

    assert found["seasons"] == 2
    assert found["ledger_sum"] == 0


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Scores by role, figures by season, and the hash."""
    assert run(["simulate", "quickstart", "--games", "2"]) == 0
    shown = capsys.readouterr().out
    for words in ("Quick start", "Maker", "Operator", "Vitality, space 6", "season 2", "ledger sum 0"):
        assert words in shown


def test_every_figure_of_the_rules_has_a_name_and_every_name_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure that is called otherwise would silently be missing; those at an age or a space share a name."""
    known = report(capsys, "quickstart")["figures"]["2"]
    texts = Path(__file__).parents[3] / "server" / "makersphere_protocol" / "texts" / "en" / "game.json"
    keys = json.loads(texts.read_text("utf-8"))
    named = {key.removeprefix("figure.") for key in keys if key.startswith("figure.")}
    stems = {name.rpartition("_")[0] if name.rpartition("_")[2].isdigit() else name for name in known}
    assert named == stems


class TestSchema:
    """`makersphere schema` says what goes over the wire."""

    def document(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
        """Return what is printed."""
        assert run(["schema", *arguments]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    def test_frames(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The frames of both sides, as JSON Schema that is valid itself."""
        document = self.document(capsys)

        jsonschema.Draft202012Validator.check_schema(document)
        frame = {"$ref": "#/from_client", **document}
        jsonschema.validate({"type": "watch", "room": "ABCDEFG"}, frame)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"type": "watch"}, frame)

    @pytest.mark.parametrize("name", ["counter", "quickstart"])
    def test_table_and_hands_of_a_scenario(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """What a game shows at its end fits the schema, and the schema names all of its kinds."""
        document = self.document(capsys, name)["scenario"]
        state = play(scenario(name), 6, "5", {ANY: Random()}, keep=True).state
        assert state is not None

        for schema, tree in [
            (document["table"], table_of(state)),
            *((document["hand"], hand_of(state, seat)) for seat in state.seats()),
        ]:
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(tree, schema)
            assert set(tree) <= set(schema["properties"])
            for kind, entities in tree.items():
                shape = schema["properties"][kind]
                fields = shape.get("properties") or shape["additionalProperties"]["properties"]
                for entity in [entities] if "properties" in shape else entities.values():
                    assert set(entity) <= set(fields)

    def test_an_unknown_scenario(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One sentence, as everywhere."""
        assert run(["schema", "contr"]) == 2
        assert "did you mean counter?" in capsys.readouterr().err


def test_runs_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    """A game of several runs tells the totals of each, by name, and the figures of the last, its seasons from 1."""
    found = report(capsys, "mechanisms", "--seats", "6", "--games", "2")

    assert [one["name"] for one in found["runs"]] == ["clearinghouse", "negotiation"]
    assert not any(one["practice"] for one in found["runs"])
    assert all({"deals", "vitality", "score_maker"} <= set(one["totals"]) for one in found["runs"])
    assert set(found["figures"]) == {"1", "2", "3"}

    assert run(["simulate", "mechanisms", "--seats", "6"]) == 0
    printed = capsys.readouterr().out
    assert "Hours by clearinghouse  Hours by negotiation" in printed
    assert "Integration efficiency" in printed.rpartition("Hours by negotiation")[2]


def test_a_game_of_one_run_has_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    """No run is told of."""
    assert report(capsys, "quickstart", "--seats", "3")["runs"] == []


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return the story of a game of three, a maker, an investor and an operator."""
    assert run(["simulate", "quickstart", "--seats", "3", "--story", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_game_is_told_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Phase by phase, in words: what each sent, what was told of it and to whom, and the scores."""
    lines = told(capsys)
    assert [line for line in lines if line.startswith("Season ")][:3] == [
        "Season 1, Policy",
        "Season 1, Admission",
        "Season 1, Exchange",
    ]
    for line in ("  Operator 3: Open on these terms, Rent: 20", "  North Hall: rent 20, desks 3."):
        assert line in lines
    assert any(line.startswith("  Maker 1 says nothing, so: ") for line in lines)
    assert any(line.endswith(" (for Maker 1 alone)") for line in lines)
    assert len([line for line in lines if " points, place " in line]) == 3
    assert "{" not in "".join(lines)


@pytest.mark.parametrize(("hand", "who"), [("1", "Maker 1"), ("2", "Investor 2"), ("3", "Operator 3")])
def test_a_story_with_a_seats_own_eyes_has_no_secret_of_others(
    hand: str, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What others sent, and what they alone were told, is left out; what everybody was told is there."""
    everything, own = told(capsys), told(capsys, "--hand", hand)
    for other in {"Maker 1", "Investor 2", "Operator 3"} - {who}:
        sent = (f"  {other}: ", f"  {other} says nothing, so: ")
        secrets = [line for line in everything if line.startswith(sent) and " points, place " not in line]
        secrets += [line.partition(" (for ")[0] for line in everything if line.endswith(f" (for {other} alone)")]
        assert len(secrets) > 3
        assert set(secrets) & set(own) == set()
    assert any(line.startswith(f"  {who}") for line in own)
    assert "  North Hall: rent 20, desks 3." in own


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--story --games 2", "A story is told of one game, in words"),
        ("--story --json", "A story is told of one game, in words"),
        ("--hand 1", "A story is told of one game, in words: write --story"),
        ("--story --hand 9", "There is no seat 9 to tell the story from; there are seats 1 to 6."),
    ],
)
def test_what_no_story_is_told_of(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence says what to write."""
    assert run(["simulate", "quickstart", *words.split()]) == 2
    assert sentence in capsys.readouterr().err


def test_who_asks_for_too_few_seats_is_told_how_many_are_played(capsys: pytest.CaptureFixture[str]) -> None:
    """Each role needs a seat; the game that is asked for is played with as many as it takes."""
    assert run(["simulate", "quickstart", "--seats", "1", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["seats"] == 3
    assert "With 1 it is played with 3" in printed.err
