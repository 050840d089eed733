"""What `run.py check` runs, for Python and for the web client."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from house import webclient
from house.environment import Environment
from house.verbs import checks
from tests.house.checkout import ROOT

OF_PYTHON = ["format", "lint", "types", "words", "import contracts", "lengths"]
OF_RECIPES = ["release workflow", "pinned actions", "compose file", "Containerfile"]
OF_WEB = {"web client's format, lint and lengths": "lint", "web client's types": "check"}


def test_a_check_covers_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Format, lint and types of the web client are checked beside Python's."""
    monkeypatch.delenv(webclient.SKIP, raising=False)
    found = checks(Environment(ROOT))
    assert [name for name in found if name not in OF_RECIPES] == [*OF_PYTHON, *OF_WEB]
    assert {name: found[name][-2:] for name in OF_WEB} == {name: ["run", script] for name, script in OF_WEB.items()}


def test_without_a_web_client_python_alone_is_checked(tmp_path: Path) -> None:
    """A checkout without `clients/web` needs no Node for its check."""
    assert list(checks(Environment(tmp_path))) == [*OF_PYTHON, *OF_RECIPES[:3]]


def test_what_runs_elsewhere_alone_is_linted(tmp_path: Path) -> None:
    """The release's workflow, the compose file, and the Containerfile where its linter is installed."""
    linter = Environment(tmp_path).program("hadolint")
    linter.parent.mkdir(parents=True)
    linter.touch()
    found = checks(Environment(tmp_path))
    assert [name for name in found if name in OF_RECIPES] == OF_RECIPES
    assert all((ROOT / found[name][-1]).is_file() for name in OF_RECIPES)


@pytest.mark.parametrize("action", ["actions/checkout@v5", "actions/checkout@main", "actions/checkout", "./own"])
def test_an_action_without_the_hash_of_a_commit_is_refused(action: str, tmp_path: Path) -> None:
    """A tag or a branch can be moved to other code, which would run with the right to sign."""
    *command, workflow = checks(Environment(ROOT))["pinned actions"]
    text = (ROOT / workflow).read_text("utf-8")
    assert subprocess.run([*command, workflow], cwd=ROOT, capture_output=True, check=False).returncode == 0
    worse = tmp_path / "release.yml"
    worse.write_text(re.sub(r"uses: actions/checkout@\S+", f"uses: {action}", text, count=1), "utf-8")
    refused = subprocess.run([*command, str(worse)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, action in refused.stdout) == (1, True)


def test_the_web_client_is_linted_without_a_warning_left_and_measured() -> None:
    """Warnings of the linter are errors, and functions are held to the length that Python's are held to."""
    scripts = json.loads((ROOT / "clients/web/package.json").read_text("utf-8"))["scripts"]
    assert scripts["lint"] == "biome check --error-on-warnings . && node lengths.ts"
