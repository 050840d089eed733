"""Whatever the rules have to tell can be said in every language, and no sentence stands there unused."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_protocol.texts import languages
from makersphere_rules import shipped
from makersphere_rules.events import Line
from makersphere_rules.kit import conformance

TEXTS: Final = Path(__file__).parents[2] / "server" / "makersphere_protocol" / "texts"
RULES: Final = Path(__file__).parents[2] / "rules" / "makersphere_rules"
CLIENTS: Final = Path(__file__).parents[2] / "clients" / "makersphere_clients"  # say the facts of a hand, too


@cache
def told() -> tuple[Line, ...]:
    """Return everything that was told in some games of random orders and of bots."""
    games = [conformance.play(shipped.scenario(name), 12, name).log for name in shipped.scenario_names()]
    for seed in range(3):
        result = play(shipped.scenario("classroom"), 12, str(seed), {ANY: policy("standard")}, keep=True)
        games.append(tuple(events for _, _, events in result.log))
    return tuple(line for log in games for events in log for event in events for line in event.lines())


def sentences(language: str) -> dict[str, str]:
    """Return a language's sentences of the log."""
    found: dict[str, str] = json.loads((TEXTS / language / "log.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("language", languages())
def test_every_line_can_be_said(language: str) -> None:
    """Each line has its sentence, and the sentence asks for nothing that the line does not bring."""
    lines, texts = told(), sentences(language)

    assert len({line.text for line in lines}) > 40
    for line in lines:
        sentence = texts[f"log.{line.text}"]
        assert set(re.findall(r"{(\w+)}", sentence)) <= set(line.values), line


def test_no_sentence_stands_unused() -> None:
    """Each sentence's key occurs in the rules or in a client, at least by the part that is not filled in."""
    files = (*RULES.rglob("*.py"), *CLIENTS.rglob("*.py"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    literal = set(re.findall(r'"(\w+)"', source))
    begins = set(re.findall(r'f"(\w+_){[^}]+}"', source))
    ends = {"_declined", "_withdrawn", "_proposed"}

    for key in sentences("en"):
        name = key.removeprefix("log.")
        composed = any(name.endswith(end) and name.removesuffix(end) in {*literal, "terms"} for end in ends)
        composed |= any(name.startswith(begin) and name.removeprefix(begin) in literal for begin in begins)
        assert name in literal or composed, name


@pytest.mark.parametrize("language", languages())
def test_what_is_said_to_whom_a_line_is_about_names_that_person_you(language: str) -> None:
    """Each such sentence belongs to a field of a line, asks for no more than that line's, and never for that field."""
    texts = {**sentences(language), **json.loads((TEXTS / language / "room.json").read_text(encoding="utf-8"))}
    texts |= json.loads((TEXTS / language / "things.json").read_text(encoding="utf-8"))
    found: dict[str, str] = json.loads((TEXTS / language / "you.json").read_text(encoding="utf-8"))
    for key, sentence in found.items():
        if key != "you":
            line, field = key.removeprefix("you.").rsplit(".", 1)
            asked, brought = (set(re.findall(r"{(\w+)}", text)) for text in (sentence, texts[line]))
            assert field in brought
            assert asked <= brought - {field}, key
            assert found["you"] in sentence.lower(), key
