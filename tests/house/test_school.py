"""The pages for schools are whole and true: each requirement has a row, each path leads to a file, sums are right."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import pytest

from tests.house.checkout import ROOT

SCHOOL: Final = ROOT / "docs/school"
LEVEL_1: Final = """
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2
    3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1
    6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3
    10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
""".split()
WCAG_2_2_AA: Final = """
    1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11
    1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2
    2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
""".split()
_ROW: Final = re.compile(r"^\| (\d+\.\d+\.\d+) \| .+ \| (holds|keeper|gap|not there) \| ?(.*)\|$", re.MULTILINE)
_PROOF: Final = re.compile(r"`([\w.-]+/[\w./-]+|pyproject\.toml|constraints\.txt)`")
_SAID: Final = {  # what a page says of its own sum, and the part of it that is summed up
    "asvs": (r"(\d+) hold, (\d+) depend on the keeper, (\d+) are gaps, (\d+) are about", "## Held beyond"),
    "accessibility": (r"(\d+) hold .*?, (\d+) do not .*?, (\d+) are about", "## What EN"),
}


def rows(name: str) -> list[tuple[str, str, str]]:
    """Return number, verdict and reason of each row of a page, but for those after its own standard."""
    text = (SCHOOL / f"{name}.md").read_text("utf-8").split(_SAID[name][1])[0]
    return [(number, verdict, why.strip()) for number, verdict, why in _ROW.findall(text)]


@pytest.mark.parametrize(("name", "numbers"), [("asvs", LEVEL_1), ("accessibility", WCAG_2_2_AA)])
def test_each_requirement_has_one_row_in_order(name: str, numbers: list[str]) -> None:
    """None is left out because it is uncomfortable."""
    assert [number for number, _, _ in rows(name)] == numbers


@pytest.mark.parametrize("name", ["asvs", "accessibility"])
def test_what_is_said_of_the_whole_is_the_sum_of_its_rows(name: str) -> None:
    """And whatever holds, or does not, says where to see that or why."""
    found = Counter(verdict for _, verdict, _ in rows(name))
    said = re.search(_SAID[name][0], (SCHOOL / f"{name}.md").read_text("utf-8"))
    assert said
    kinds = ("holds", "keeper", "gap", "not there") if name == "asvs" else ("holds", "gap", "not there")
    assert [int(number) for number in said.groups()] == [found[kind] for kind in kinds]
    assert [number for number, verdict, why in rows(name) if verdict != "not there" and not why] == []


@pytest.mark.parametrize("name", ["accessibility", "asvs", "impact", "privacy"])
def test_each_proof_is_there(name: str) -> None:
    """A test or a file that has moved has moved here too."""
    named = _PROOF.findall((SCHOOL / f"{name}.md").read_text("utf-8"))
    assert name == "impact" or named
    assert [path for path in named if not (ROOT / path).exists()] == []
