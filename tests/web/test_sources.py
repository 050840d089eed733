"""The web client knows no rule: no number of a rule module stands in it, and no word that people read."""

from __future__ import annotations

import json
import re
from pathlib import Path

from makersphere_protocol.names import LONGEST
from makersphere_rules import shipped
from makersphere_rules.scenario import module_tree

WEB = Path(__file__).resolve().parents[2] / "clients/web"
SOURCES = sorted(path for path in (WEB / "src").rglob("*.ts*") if "generated" not in path.parts)
# words of the page's own that a parameter happens to share: a direction, an icon, a state
SHARED = {"up", "down", "phase", "help"}


def parameters() -> set[str]:
    """Return the names of all parameters of all shipped scenarios."""
    trees = (module_tree(shipped.scenario(name)) for name in shipped.scenario_names())
    return {name for tree in trees for module in tree.values() for name in module} - SHARED


def spellings(name: str) -> set[str]:
    """Return how a parameter may be written: `birth_credits`, `birthCredits`, `BIRTH_CREDITS`; one word as it is."""
    first, *rest = name.split("_")
    return {name, first + "".join(word.capitalize() for word in rest), name.upper()} if rest else {name}


def numbers_given(source: str, names: set[str]) -> set[str]:
    """Return which names a source gives a number of its own, be it as a fallback; 0 and less say that there is none."""
    words = "|".join(sorted(re.escape(spelling) for name in names for spelling in spellings(name)))
    return set(re.findall(rf"\b({words})\b\s*(?:=|:|\?\?)\s*[1-9]", source))


def test_no_constant_of_the_rules_stands_in_the_client() -> None:
    """Bounds, costs and defaults come from `hand.legal`, previews and the modules on the table."""
    names = parameters()
    assert len(names) > 100
    found = {str(path.relative_to(WEB)): numbers_given(path.read_text("utf-8"), names) for path in SOURCES}
    assert {name: constants for name, constants in found.items() if constants} == {}


def test_a_constant_of_the_rules_would_be_found() -> None:
    """Whichever way it is written."""
    assert numbers_given("const BIRTH_CREDITS = 60; a.birthCredits ?? 60; birth_credits: 60", parameters()) == {
        "BIRTH_CREDITS",
        "birthCredits",
        "birth_credits",
    }
    assert numbers_given("rent ?? 0; const rented = 5", parameters()) == set()


def test_no_word_that_people_read_stands_in_a_source() -> None:
    """All words come by key, in two languages; the name of the game and the names of languages are no words."""
    spoken = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+)+)|(?:aria-label|title|placeholder)=\"([^\"]+)\"")
    found = {
        str(path.relative_to(WEB)): spoken.findall(path.read_text("utf-8")) for path in SOURCES if path.suffix == ".tsx"
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_a_name_field_takes_what_the_server_keeps() -> None:
    """The longest name is written down twice, and is the same."""
    source = (WEB / "src/join/name.ts").read_text("utf-8")
    assert re.findall(r"LONGEST_NAME = (\d+);", source) == [str(LONGEST)]


def test_generated_types_are_no_part_of_the_repository() -> None:
    """They are made by the build, from schemas that are."""
    assert "/clients/web/src/generated/" in (WEB.parents[1] / ".gitignore").read_text("utf-8").split()
    scripts = json.loads((WEB / "package.json").read_text("utf-8"))["scripts"]
    assert scripts["prebuild"] == scripts["precheck"] == "node wire_types.ts"
