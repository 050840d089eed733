"""The tests are tried themselves: one small thing is made wrong in the corridor, the ledger or the views, and they run.

First each test that leads to one of the files runs once with nothing wrong, and it is seen which statements it goes
through. A mutant meets the tests that go through its statement, one of each file and then another one, as many of the
cheapest as fit into a bound of CPU, in a process that has collected them (`mutants/warm.py`). Where its statement is
carried out while modules are imported, it meets those that go through its file, in a process that imports them with
the mutant (`mutants/mutator.py`). It is killed when one of them fails, twice, or hangs. Now and then the same tests
run with nothing wrong, and have to pass.

Which mutants are tried is drawn from the seed. Those that survive for a reason stand with it in `survivors.toml`, and
count against the share all the same; so do those that are only slower, which are not drawn. All others are told as they
are found, and in the run's notes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tomllib
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from house.touching import Imports
from tests.faults.harness import Run, fault
from tests.faults.mutants.mutants import Mutant, count, mutant, probed
from tests.faults.mutants.mutator import FELL
from tests.faults.mutants.survey import IMPORTING, Passage, read
from tests.faults.mutants.warm import CANNOT
from tests.faults.rig.server import ROOT

MUTATED: Final = (
    "server/makersphere_protocol/codec.py",
    "server/makersphere_server/edge/session.py",
    "server/makersphere_server/room/room.py",
    "server/makersphere_server/room/handling.py",
    "server/makersphere_server/room/telling.py",
    "server/makersphere_server/room/commands/decisions.py",
    "server/makersphere_server/room/model/log/answers.py",
    "server/makersphere_server/room/model/inbox.py",
    "server/makersphere_server/storage/chain.py",
    "server/makersphere_server/storage/store.py",
    "server/makersphere_server/storage/transaction.py",
    "rules/makersphere_rules/engine.py",
    "rules/makersphere_rules/entity.py",
    "rules/makersphere_rules/ledger.py",
    "rules/makersphere_rules/split.py",
    "rules/makersphere_rules/state.py",
    "rules/makersphere_rules/seen/views.py",
)
SURVIVORS: Final = ROOT / "tests/faults/mutants/survivors.toml"
_QUICK: Final = ("rules/makersphere_rules/split.py",)
_QUICK_FILES: Final = 6  # of tests
_TESTS: Final = ("tests/protocol/", "tests/rules/", "tests/server/", "tests/golden/")  # that stay in one process
_MOST_CPU_S: Final = 30.0  # what the tests may take that a mutant meets at a time when nothing is wrong
_FEW_FILES: Final = 6  # of tests, which a process imports sooner
_HANGS_CPU_S: Final = 90
_HANGS_S: Final = 1_800  # and no sooner: others may work on the machine too
_SURVEY_HANGS_S: Final = 3_600
_FILES_AT_A_TIME: Final = 6  # that one process surveys
_AT_ONCE: Final = 5  # on two cores: many tests wait
_CONTROL_EACH: Final = 20  # mutants
_NOTHING_FAILED: Final = (0, 5, FELL)  # codes: all passed; there was none; none could be tried, which kills nothing


@attrs.define
class _Asked:
    """A process that tries tests, with a mutant or without; and the CPU that this has taken."""

    process: Process
    cpu_s: float = 0.0

    @classmethod
    async def start(cls, run: Run, module: str, *files: str) -> _Asked:
        """Start one."""
        ours = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {**os.environ, **ours, "PYTEST_DEBUG_TEMPROOT": str(run.folder)}
        command = (sys.executable, "-m", f"tests.faults.mutants.{module}", *files)
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment, cwd=ROOT))

    async def ask(self, order: dict[str, Any]) -> int:
        """Return the code of pytest."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        found: dict[str, Any] = json.loads(await self.process.stdout.readline())
        self.cpu_s += found["cpu_s"]
        if found["code"] == FELL and not order["sources"]:
            raise RuntimeError(f"nothing could be tried: {order['sources'].keys()} {order['tests'][:3]}")
        return int(found["code"])

    async def end(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


@attrs.define
class Mutator:
    """Tries one mutant at a time."""

    failed: Path  # the file for the name of a test that fails
    cold: _Asked  # `mutator.py`
    warm: _Asked | None = None  # `warm.py`

    async def fails(self, tests: list[Passage], sources: dict[str, str], *, is_cold: bool) -> bool:
        """Return whether a test fails, twice, or hangs, or cannot begin; one that fails once alone is left out."""
        while tests:
            self.failed.write_text("", "utf-8")
            if await self._code(tests, sources, is_cold=is_cold) in _NOTHING_FAILED:
                return False
            name = self.failed.read_text("utf-8")
            alone = [test for test in tests if test.test == name]
            if not alone or await self._code(alone, sources, is_cold=is_cold) not in _NOTHING_FAILED:
                return True
            tests = [test for test in tests if test.test != name]
        return False

    async def _code(self, tests: list[Passage], sources: dict[str, str], *, is_cold: bool) -> int:
        """Return pytest's code of some tests."""
        files = list(dict.fromkeys(test.file for test in tests))
        names = [test.test for test in tests]
        bounds = {"most_s": _HANGS_S, "most_cpu_s": _HANGS_CPU_S}
        order = {"files": files, "tests": names, "sources": sources, "survey": "", "failed": str(self.failed), **bounds}
        code = CANNOT
        if self.warm is not None and not is_cold:
            code = await self.warm.ask(order)
        return await self.cold.ask(order) if code == CANNOT else code

    async def survey(self, files: list[str], into: Path) -> list[Passage]:
        """Return what each test of some files goes through."""
        sources = {_module(ROOT / name): probed(ROOT / name) for name in MUTATED}
        order = {"files": files, "tests": [], "sources": sources, "survey": str(into)}
        await self.cold.ask({**order, "most_s": _SURVEY_HANGS_S, "most_cpu_s": _SURVEY_HANGS_S})
        return read(into)

    async def end(self) -> None:
        """End its processes."""
        await self.cold.end()
        if self.warm is not None:
            await self.warm.end()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts[1:])


def _leading_to(files: list[Path]) -> list[str]:
    """Return the files of tests that lead to one of these by imports, the nearest first."""
    found = Imports(ROOT).distances(set(files))
    nearest = sorted((steps, path) for path, steps in found.items() if path.name.startswith("test_"))
    names = [path.relative_to(ROOT).as_posix() for _, path in nearest]
    return [name for name in names if name.startswith(_TESTS)]


def through(one: Mutant, tests: list[Passage]) -> list[Passage]:
    """Return the tests that go through a mutant's statement: one of each file, then another one, within the bound."""
    chosen = _within_bound(test for test in tests if one.statement in test.lines.get(_module(one.path), ()))
    of_file = Counter[str]()
    turns: dict[Passage, int] = {}
    for test in chosen:
        turns[test] = of_file[test.file]
        of_file[test.file] += 1
    return sorted(chosen, key=turns.__getitem__)


def around(one: Mutant, tests: list[Passage]) -> Iterator[list[Passage]]:
    """Give tests that go through a mutant's file: of some of the files with most of them, then of the others."""
    touching = [test for test in tests if _module(one.path) in test.lines]
    most = {file for file, _ in Counter(test.file for test in touching).most_common(_FEW_FILES)}
    for found in (test for test in touching if test.file in most), (test for test in touching if test.file not in most):
        yield sorted(_within_bound(found), key=lambda test: test.file)


def _within_bound(tests: Iterable[Passage]) -> list[Passage]:
    """Return the cheapest of some tests."""
    spent, chosen = 0.0, list[Passage]()
    for test in sorted(tests, key=lambda test: (test.cpu_s, test.test)):
        spent += test.cpu_s
        if spent > _MOST_CPU_S:
            break
        chosen.append(test)
    return chosen


@fault("mutants", rounds=600, quick_rounds=4)
async def mutation(run: Run) -> None:
    """One small thing is made wrong in the corridor, the ledger or the views: the tests that touch it have to fail."""
    run.expect("tried", "killed", "passed_with_nothing_wrong")
    if run.build:
        run.problem("the tests are tried here, so no build of the server")
    files = [ROOT / name for name in (_QUICK if run.is_quick else MUTATED)]
    everything = [(path, number) for path in files for number in range(count(path))]
    queue = run.chance("mutants").sample(everything, len(everything))
    names = [run.folder / f"failed-{number}" for number in range(1 if run.is_quick else _AT_ONCE)]
    mutators = [Mutator(name, await _Asked.start(run, "mutator")) for name in names]
    try:
        tests = await _survey(run, files, mutators)
        for one in mutators:
            one.warm = await _Asked.start(run, "warm", *sorted({test.file for test in tests if test.test != IMPORTING}))
        await asyncio.gather(*(_work(run, queue, tests, one) for one in mutators))
    finally:
        for one in mutators:
            await one.end()
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if run.counts[f"tried {name}"]:
            run.figure(f"killed of {name}", run.counts[f"killed {name}"] / run.counts[f"tried {name}"])
    cpu_s = sum(asked.cpu_s for one in mutators for asked in (one.cold, one.warm) if asked is not None)
    run.figure("cpu_s_for_each", cpu_s / max(1, run.counts["tried"]))
    run.figure("survived_share", 1 - run.counts["killed"] / max(1, run.counts["tried"]), at_most=0.1)


async def _survey(run: Run, files: list[Path], mutators: list[Mutator]) -> list[Passage]:
    """Run all tests once with nothing wrong."""
    led = _leading_to(files)[: _QUICK_FILES if run.is_quick else None]
    parts = [led[at : at + _FILES_AT_A_TIME] for at in range(0, len(led), _FILES_AT_A_TIME)]
    tests: list[Passage] = []

    async def survey(mutator: Mutator) -> None:
        while parts:
            run.tell(f"seeing what tests go through: {len(parts) * _FILES_AT_A_TIME} files of tests are left")
            tests.extend(await mutator.survey(parts.pop(), run.folder / f"survey-{len(parts)}.json"))

    await asyncio.gather(*(survey(one) for one in mutators))
    return tests


async def _work(run: Run, queue: list[tuple[Path, int]], tests: list[Passage], mutator: Mutator) -> None:
    """Try mutants until there are no more."""
    kept = tomllib.loads(SURVIVORS.read_text("utf-8"))
    while queue and run.goes_on(run.counts["tried"]):
        one = mutant(*queue.pop())
        name = one.path.relative_to(ROOT).as_posix()
        if one.says in kept["only_slower"].get(name, {}):
            run.counts["left_out"] += 1
            continue
        run.counts["tried"] += 1
        run.counts[f"tried {name}"] += 1
        if await is_killed(run, tests, one, mutator, is_control=run.counts["tried"] % _CONTROL_EACH == 1):
            run.counts["killed"] += 1
            run.counts[f"killed {name}"] += 1
        elif one.says in kept["survives"].get(name, {}):
            run.counts["survived_for_a_reason"] += 1
        else:
            run.notes.append(f"survived: {name}:{one.line}: {one.says}")
            run.tell(run.notes[-1] + "\n")


async def is_killed(run: Run, tests: list[Passage], one: Mutant, mutator: Mutator, *, is_control: bool) -> bool:
    """Try one mutant, and where its turn has come the same tests with nothing wrong; return whether it is found out."""
    module = _module(one.path)
    importing = {line for test in tests if test.test == IMPORTING for line in test.lines.get(module, ())}
    is_cold = not one.in_function or one.statement in importing
    tests = [test for test in tests if test.test != IMPORTING]
    for chosen in around(one, tests) if is_cold else [through(one, tests)]:
        if is_control and await mutator.fails(chosen, {}, is_cold=is_cold):
            failed = mutator.failed.read_text("utf-8") or "they hang, or cannot begin"
            run.problem(f"the tests of {one.path.name}:{one.line} do not pass as they are: {failed}")
        run.counts["passed_with_nothing_wrong"] += is_control
        if await mutator.fails(chosen, {module: one.source}, is_cold=is_cold):
            return True
    return False
