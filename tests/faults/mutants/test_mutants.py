"""Mutants are made of what is carried out, and each differs from its file by one thing."""

import ast
from pathlib import Path

from tests.faults.mutants.mutants import Mutant, count, mutant
from tests.faults.mutation import MUTATED, SURVIVORS
from tests.faults.rig.server import ROOT

SOURCE = '''"""Says what it is: 1."""
__all__ = ["f"]


def f(a: "Literal[2]", more: int = 3) -> bool:
    """Return it."""
    _log.info("called", count=4)
    a.append(more)
    if a and len(a) < 5:
        return a[0] + 6
    return False
'''


def _mutants(folder: Path) -> list[Mutant]:
    path = folder / "f.py"
    path.write_text(SOURCE, "utf-8")
    return [mutant(path, number) for number in range(count(path))]


def test_each_mutant_has_one_thing_wrong(tmp_path: Path) -> None:
    """Operators, numbers, conditions, results and calls, one at a time; its sentence says which."""
    found = _mutants(tmp_path)
    assert [one.says for one in found if one.line == 9] == [
        "a and len(a) < 5 -> True",
        "a and len(a) < 5 -> False",
        "a and len(a) < 5 -> a or len(a) < 5",
        "len(a) < 5 -> len(a) <= 5",
        "5 -> 6",
    ]
    assert "left out: a.append(more)" in {one.says for one in found}
    assert len({one.source for one in found}) == len(found)


def test_what_says_nothing_is_left_alone(tmp_path: Path) -> None:
    """Texts of documentation, names that are shown, types, defaults and log lines stand in each mutant as they were."""
    for one in _mutants(tmp_path):
        for kept in ('"""Says what it is: 1."""', "__all__ = ['f']", "Literal[2]", "int=3", "count=4"):
            assert kept in one.source


def test_every_file_that_is_mutated_is_there() -> None:
    """A file that has moved would be left out in silence; and a reason for a survivor names one of them."""
    for name in MUTATED:
        assert ast.parse((ROOT / name).read_text("utf-8")).body
    assert SURVIVORS.exists()
