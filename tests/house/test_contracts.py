"""The import contracts hold what they say: a copy of the source in which each is broken is refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

PACKAGES = ("rules", "server", "clients")
RUN = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BREAKS = {
    "no rule module imports another": ("modules/exchange/commands.py", "makersphere_rules.modules.market"),
    "the rules' floors": ("ledger.py", "makersphere_rules.modules.counter"),
    "the ecosystem's floors": ("ecosystem/table/accounts.py", "makersphere_rules.ecosystem.shared_steps.grant"),
}


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what import-linter says of a copy of the source in which one import breaks each contract."""
    pytest.importorskip("importlinter")
    copy = tmp_path_factory.mktemp("contracts")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=_all_but_python)
    for name, imported in BREAKS.values():
        path = copy / "rules" / "makersphere_rules" / name
        path.write_text(f"{path.read_text('utf-8')}\nimport {imported}\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--no-logo", "--no-cache"],
        cwd=copy,
        env={
            **os.environ,
            "COLUMNS": "200",
            "PYTHONPATH": os.pathsep.join(str(copy / package) for package in PACKAGES),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode != 0
    return done.stdout


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    """Return what of a folder no contract is about."""
    files = {name for name in names if Path(folder, name).is_file() and not name.endswith(".py")}
    return files | {"web", "__pycache__"}


@pytest.mark.parametrize("contract", BREAKS)
def test_a_contract_that_is_broken_is_refused(contract: str, verdict: str) -> None:
    """Each wall of the rules stands in `run.py check` and is not only drawn."""
    assert re.search(rf"^{re.escape(contract)}.* BROKEN", verdict, re.MULTILINE), verdict


def test_what_nobody_broke_is_kept(verdict: str) -> None:
    """The copy is refused for its three imports and for nothing else."""
    assert len(re.findall(r" BROKEN\b", verdict)) == len(BREAKS), verdict
