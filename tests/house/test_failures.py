"""What `run.py` says where something is missing: one sentence with the remedy, exit code 2, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import webclient
from house.trouble import of_npm, of_pip
from tests.house.checkout import ROOT, assert_one_sentence, copy_setup, run_py

CLOSED_PORT = "http://127.0.0.1:1/"
NOTHING_CONFIGURED = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_NO_INDEX": "0"}


def _old_pythons() -> Iterator[str]:
    """Yield Pythons on this machine that are too old, as far as they start."""
    names = ["python2.7", *(f"python3.{minor}" for minor in range(6, 11))]
    installed = [str(path) for path in sorted(Path.home().glob(".pyenv/versions/*/bin/python"))]
    seen: set[str] = set()
    for program in [*filter(None, map(shutil.which, names)), *installed]:
        asked = [program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        version = done.stdout.strip()
        if done.returncode == 0 and version not in seen and tuple(map(int, version.split("."))) < (3, 11):
            seen.add(version)
            yield program


def test_a_python_that_is_too_old_is_told_which_one_to_get(tmp_path: Path) -> None:
    """Every old Python found here says the sentence, which it can only by parsing the file."""
    pythons = list(_old_pythons())
    if not pythons:
        pytest.skip("no Python older than 3.11 on this machine")
    shutil.copy(ROOT / "run.py", tmp_path)
    for python in pythons:
        assert_one_sentence(run_py(tmp_path, "play", python=python), "3.11 or newer")


def test_the_version_is_asked_before_anything_else_is_imported(tmp_path: Path) -> None:
    """The sentence comes without `house/` beside it, on whichever Python."""
    shutil.copy(ROOT / "run.py", tmp_path)
    pretend = "import runpy, sys; sys.version_info = (3, 8, 0); runpy.run_path('run.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert_one_sentence(done, "this is Python 3.8", "3.11 or newer")


def test_a_python_without_venv_is_told_the_package(tmp_path: Path) -> None:
    """Debian's Python comes without ensurepip; the sentence is the line to type."""
    copy_setup(tmp_path)
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n", "utf-8")
    done = run_py(tmp_path, "setup", env={"PYTHONPATH": str(stub)})
    assert_one_sentence(done, f"apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where the environment should be is like a folder that is somebody else's."""
    copy_setup(tmp_path)
    (tmp_path / ".venv").write_text("in the way", "utf-8")
    assert_one_sentence(run_py(tmp_path, "setup"), "cannot write", ".venv")


def test_a_folder_of_somebody_else_is_named(tmp_path: Path) -> None:
    """A folder without the right to write ends in the sentence; even for root, whom no permission stops."""
    copy_setup(tmp_path)
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "sitecustomize.py").write_text(
        "import os\n\n\ndef refuse(path, *args, **kwargs):\n"
        "    raise PermissionError(13, 'Permission denied', str(path))\n\n\nos.mkdir = refuse\n",
        "utf-8",
    )
    done = run_py(tmp_path, "setup", env={"PYTHONPATH": str(stub)})
    assert_one_sentence(done, "cannot write", "Permission denied")


def test_no_python_registry_is_told_with_the_log(tmp_path: Path) -> None:
    """Without a network the sentence says so, and where pip's own words are."""
    copy_setup(tmp_path)
    done = run_py(tmp_path, "setup", env={**NOTHING_CONFIGURED, "PIP_INDEX_URL": CLOSED_PORT})
    assert_one_sentence(done, "the Python package registry did not answer", "setup.log")
    assert "pip install" in (tmp_path / ".venv/setup.log").read_text("utf-8")


def test_an_unknown_verb_and_a_stray_argument_are_told(tmp_path: Path) -> None:
    """A typo is answered with what there is."""
    copy_setup(tmp_path)
    assert_one_sentence(run_py(tmp_path, "paly"), "paly", "play")
    assert_one_sentence(run_py(tmp_path, "setup", "quickly"), "quickly", "playtest")


def _web_client(root: Path, script: str, dependencies: dict[str, str]) -> Path:
    """Lay out a web client of one file that is built by `script`."""
    home = root / "clients/web"
    home.mkdir(parents=True)
    package = {"name": "web", "version": "1.0.0", "scripts": {"build": script}, "dependencies": dependencies}
    lock = {
        "name": "web",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "web", "version": "1.0.0", "dependencies": dependencies},
            **{f"node_modules/{name}": {"version": version} for name, version in dependencies.items()},
        },
    }
    (home / "package.json").write_text(json.dumps(package), "utf-8")
    (home / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    return root


def _build(root: Path) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "house", root / "house", ignore=shutil.ignore_patterns("__pycache__"))
    env = {**os.environ, "npm_config_registry": CLOSED_PORT, "npm_config_cache": str(root / "cache")}
    command = [sys.executable, "-m", "house.webclient", "build"]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def test_no_npm_registry_is_told_with_the_way_round(tmp_path: Path) -> None:
    """Without npm's registry the sentence names the variable that goes without the web client."""
    _web_client(tmp_path, "node -e 0", {"preact": "11.2.0"})
    assert_one_sentence(_build(tmp_path), "npm registry did not answer", "MAKERSPHERE_SKIP_WEB=1")


def test_a_build_that_fails_is_told_by_its_command(tmp_path: Path) -> None:
    """A mistake in the web client's sources is not blamed on the network."""
    _web_client(tmp_path, "node -e process.exit(3)", {})
    assert_one_sentence(_build(tmp_path), "npm run build")


def test_a_build_leaves_word_of_what_it_was_made_from(tmp_path: Path) -> None:
    """A changed source makes the built client old, a changed test does not."""
    made = "node -e \"require('fs').mkdirSync('dist', {recursive: true})\""
    root = _web_client(tmp_path, made, {})
    done = _build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert webclient.is_fresh(root)
    (root / "clients/web/tests").mkdir()
    (root / "clients/web/tests/one.test.ts").write_text("", "utf-8")
    assert webclient.is_fresh(root)
    (root / "clients/web/main.ts").write_text("", "utf-8")
    assert not webclient.is_fresh(root)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "may not write"),
        ("ERROR: No matching distribution found for attrs>=26.1", "registry did not answer"),
        ("error: metadata-generation-failed", "end of"),
    ],
)
def test_pips_words_become_one_sentence(output: str, words: str, tmp_path: Path) -> None:
    """What pip prints on several lines is said in one, and the rest is left to the log."""
    assert words in str(of_pip(output, tmp_path / "setup.log"))


def test_a_lock_that_disagrees_is_told(tmp_path: Path) -> None:
    """A lock that is not in sync with package.json is refused; the sentence says what makes it so."""
    output = "`npm ci` can only install packages when your package.json and package-lock.json are in sync."
    assert "run `npm install`" in str(of_npm(output + " Please update with `npm install`", "log", ["ci"]))
