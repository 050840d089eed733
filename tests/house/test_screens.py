"""The page *What the screens promise* names proofs that there are: each of its tests runs with the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest

from tests.house.checkout import ROOT

PAGE: Final = ROOT / "docs/screens.md"
WEB: Final = ROOT / "clients/web/tests"
_ROW: Final = re.compile(r"^\| (\d+) \| .+ \| (.+) \|$", re.MULTILINE)
_SAME: Final = "the same"  # as the row above


def _rows() -> Iterator[tuple[int, str]]:
    """Yield each point's number and what shows it."""
    for number, proof in _ROW.findall(PAGE.read_text("utf-8")):
        yield int(number), proof


@cache
def _tests() -> frozenset[str]:
    """Return the names of all tests in Python."""
    sources = [file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py")]
    return frozenset(name for source in sources for name in re.findall(r"def (test_\w+)\(", source))


def test_fifty_points_stand_in_order() -> None:
    """None is left out, none is there twice."""
    assert [number for number, _ in _rows()] == list(range(1, 51))


@pytest.mark.parametrize("proof", [pytest.param(proof, id=str(number)) for number, proof in _rows()])
def test_what_shows_a_point_is_there(proof: str) -> None:
    """Each name is that of a test or of a file of the web client's tests; where there is none, somebody looked."""
    names = re.findall(r"`([^`]+)`", proof)
    assert names or proof.startswith(_SAME) or "*look*" in proof
    known = _tests()
    assert [name for name in names if name not in known and not (WEB / name).is_file()] == []
