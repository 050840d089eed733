"""Mutants are made of what is carried out, and each differs from its file by one thing."""

import ast
import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.faults.mutants.mutants import PROBE, Mutant, count, mutant, probed
from tests.faults.mutants.survey import Passage
from tests.faults.mutants.warm import Functions
from tests.faults.mutation import MUTATED, SURVIVORS, stages
from tests.faults.rig.server import ROOT

SOURCE = '''"""Says what it is: 1."""
__all__ = ["f"]


def f(a: "Literal[2]", more: int = 3) -> bool:
    """Return it."""
    _log.info("called", count=4)
    b = field(repr=False)
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
    assert [one.says for one in found if one.line == 10] == [
        "a and len(a) < 5 -> True",
        "a and len(a) < 5 -> False",
        "a and len(a) < 5 -> a or len(a) < 5",
        "len(a) < 5 -> len(a) <= 5",
        "5 -> 6 in: a and len(a) < 5",
    ]
    assert "left out: a.append(more)" in {one.says for one in found}
    assert len({one.source for one in found}) == len(found)


def test_what_says_nothing_is_left_alone(tmp_path: Path) -> None:
    """Texts of documentation, names that are shown, types, defaults and log lines stand in each mutant as they were."""
    for one in _mutants(tmp_path):
        for kept in ('"""Says what it is: 1."""', "__all__ = ['f']", "Literal[2]", "int=3", "count=4", "repr=False"):
            assert kept in one.source


def test_no_instead_of_false_is_no_mutant(tmp_path: Path) -> None:
    """Both say no to whoever asks, so that no test could tell them apart."""
    assert [one.says for one in _mutants(tmp_path) if one.line == 12] == ["False -> True in: return False"]


def test_a_probed_file_tells_which_statements_it_goes_through(tmp_path: Path) -> None:
    """Each statement of a function is told before it is carried out, and the file does what it did."""
    path = tmp_path / "f.py"
    path.write_text(
        "def f(a):\n    '''Say it.'''\n    if a:\n        return (a +\n            1)\n    return 0\n", "utf-8"
    )
    met: list[int] = []
    names: dict[str, Any] = {PROBE: met.append}
    exec(probed(path), names)  # noqa: S102  (that is what a probed file is for)
    assert (names["f"](2), met) == (3, [3, 4])
    assert {mutant(path, number).statement for number in range(count(path))} == {3, 4, 6}
    assert names["f"].__doc__ == "Say it."


CHANGED = """
import functools

class A:
    @functools.cache
    def f(self):
        return [(lambda: 1)() for _ in "a"]

def make(x):
    return lambda: 1

made = make(3)
"""


def test_a_function_that_is_there_does_what_the_mutant_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds it calls the mutant, also where it is wrapped; and one that holds other values is made anew."""
    (tmp_path / "that_is_changed.py").write_text(CHANGED, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("that_is_changed")
    held, functions = module.A().f, Functions()
    assert functions.change(module.__name__, CHANGED.replace("lambda: 1", "lambda: 2"))
    assert (held(), module.made()) == ([2], 2)
    assert not functions.change(module.__name__, CHANGED.replace("return lambda: 1", "return lambda: x"))


def test_a_mutant_meets_tests_through_its_statement_first() -> None:
    """The files with most of them, then the others; then what goes through its file, and nothing of another file."""
    module = "makersphere_protocol.codec"

    def through(line: int, *names: str, cpu_s: float = 1.0) -> list[Passage]:
        return [Passage(name, cpu_s, {module: frozenset({line})}) for name in names]

    many = [test for n in range(6) for test in through(7, f"{n}.py::a", f"{n}.py::b", cpu_s=0.1)]
    one, dear, beside = through(7, "last.py::a"), through(7, "0.py::dear", cpu_s=9.0), through(8, "0.py::beside")
    elsewhere = Passage("0.py::elsewhere", 0.1, {"makersphere_rules.split": frozenset({7})})
    wrong = Mutant(ROOT / MUTATED[0], 9, 7, in_function=True, says="7 -> 8", source="")
    met = stages(wrong, [*dear, *one, *beside, elsewhere, *many])
    assert [set(stage) for stage in met] == [set(many), {*one, *dear}, set(beside)]


def test_every_file_that_is_mutated_is_there() -> None:
    """A file that has moved would be left out in silence; and a reason for a survivor names one of them."""
    for name in MUTATED:
        assert ast.parse((ROOT / name).read_text("utf-8")).body
    assert set(tomllib.loads(SURVIVORS.read_text("utf-8"))) <= set(MUTATED)
