"""Mutants are made of what is carried out, and each differs from its file by one thing."""

import ast
import importlib
import tomllib
import weakref
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import Run
from tests.faults.mutants.mutants import PROBE, Mutant, count, mutant, probed
from tests.faults.mutants.survey import Passage
from tests.faults.mutants.warm import Functions
from tests.faults.mutation import MUTATED, SURVIVORS, Mutator, around, is_killed, through
from tests.faults.rig.server import ROOT

SOURCE = '''"""Says what it is: 1."""
__all__ = ["f"]


def f(a: "Literal[2]", more: int = 3) -> bool:
    """Return it."""
    _log.info("called", count=4)
    b = field(repr=False)
    if TYPE_CHECKING:
        assert_never(b)
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
    assert [one.says for one in found if one.line == 12] == [
        "a and len(a) < 5 -> True",
        "a and len(a) < 5 -> False",
        "a and len(a) < 5 -> a or len(a) < 5",
        "len(a) < 5 -> len(a) <= 5",
        "5 -> 6 in: a and len(a) < 5",
    ]
    assert "left out: a.append(more)" in {one.says for one in found}
    assert len({one.source for one in found}) == len(found)


def test_what_says_nothing_is_left_alone(tmp_path: Path) -> None:
    """Documentation, names that are shown, what is for type checkers, defaults and log lines stand in each mutant."""
    for one in _mutants(tmp_path):
        for kept in (
            '"""Says what it is: 1."""',
            "__all__ = ['f']",
            "Literal[2]",
            "int=3",
            "count=4",
            "repr=False",
            "if TYPE_CHECKING:\n        assert_never(b)",
        ):
            assert kept in one.source


def test_no_instead_of_false_is_no_mutant(tmp_path: Path) -> None:
    """Both say no to whoever asks, so that no test could tell them apart."""
    assert [one.says for one in _mutants(tmp_path) if one.line == 14] == ["False -> True in: return False"]


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
    gone = weakref.proxy(module.A())  # what anybody's test may leave behind
    held, functions = module.A().f, Functions()
    assert functions.change(module.__name__, CHANGED.replace("lambda: 1", "lambda: 2"))
    assert (held(), module.made()) == ([2], 2)
    assert not functions.change(module.__name__, CHANGED.replace("return lambda: 1", "return lambda: x"))
    del gone


def _passages(
    *names: str, line: int = 7, cpu_s: float = 1.0, module: str = "makersphere_protocol.codec"
) -> list[Passage]:
    return [Passage(name, cpu_s, {module: frozenset({line})}) for name in names]


WRONG = Mutant(ROOT / MUTATED[0], 9, 7, in_function=True, says="7 -> 8", source="")


def test_a_mutant_meets_the_tests_through_its_statement() -> None:
    """One of each file, the cheapest first, then another one; none that takes too long, or goes elsewhere."""
    cheap, dear = _passages("a.py::1", "a.py::2", "b.py::1", cpu_s=0.1), _passages("a.py::dear", cpu_s=99.0)
    elsewhere = [*_passages("b.py::2", line=8), *_passages("b.py::3", module="makersphere_rules.split")]
    assert through(WRONG, [*dear, *elsewhere, *cheap]) == [cheap[0], cheap[2], cheap[1]]


def test_a_mutant_that_is_imported_meets_the_tests_of_its_file() -> None:
    """First those in files that have most of them, since a process imports few files sooner; never another's."""
    many = [test for n in range(6) for test in _passages(f"{n}.py::a", f"{n}.py::b", line=8)]
    last, elsewhere = _passages("last.py::a"), _passages("0.py::c", module="makersphere_rules.split")
    assert [set(met) for met in around(WRONG, [*last, *elsewhere, *many])] == [set(many), set(last)]


class Asked:
    """A process in which one test fails whatever is changed, and says so."""

    async def ask(self, order: dict[str, Any]) -> int:
        """Note its name where it runs."""
        if "a.py::2" not in order["tests"]:
            return 0
        Path(order["failed"]).write_text("a.py::2", "utf-8")
        return 1


async def test_tests_that_do_not_pass_as_they_are_are_named(tmp_path: Path) -> None:
    """Whoever reads the verdict need not look for the one that failed with nothing wrong."""
    run = Run(1, 1, tmp_path)
    mutator = Mutator(tmp_path / "failed", Asked())  # type: ignore[arg-type]
    assert await is_killed(run, _passages("a.py::1", "a.py::2"), WRONG, mutator, is_control=True)
    assert run.problems == ["the tests of codec.py:9 do not pass as they are: a.py::2"]


def test_every_file_that_is_mutated_is_there() -> None:
    """A file that has moved would be left out in silence; and a reason for a survivor names one of them."""
    for name in MUTATED:
        assert ast.parse((ROOT / name).read_text("utf-8")).body
    kept = tomllib.loads(SURVIVORS.read_text("utf-8"))
    assert set(kept) == {"survives", "only_slower"}
    assert {name for part in kept.values() for name in part} <= set(MUTATED)
