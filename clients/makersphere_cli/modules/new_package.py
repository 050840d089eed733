"""A rule module to begin with: a small package that is whole, with its words, its scenario and its test.

The files stand in `begun/`, with `$name` where the module's name goes: `alone` a game of its own, `inside` a module of
the game of makers and investors, `both` what the two share.
"""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path
from typing import Final

from makersphere_cli.modules.found_modules import others
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import PHASES
from makersphere_server.storage.whole_file import write_whole

__all__ = ["write_package"]

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST: Final = 30
_PLACE: Final = re.compile(r"\$\{?(\w+)\}?")
_FILES: Final = {  # where each file goes
    "both/pyproject.toml": "pyproject.toml",
    "both/README.md": "README.md",
    "{family}/module.py": "{name}/__init__.py",
    "{family}/en.toml": "{name}/texts/en.toml",
    "{family}/zh.toml": "{name}/texts/zh.toml",
    "{family}/test.py": "test_{name}.py",
}


def write_package(name: str, phase: str) -> Path:
    """Write the package of a new module into a new folder, and return the folder.

    Args:
        name: the module's, the package's and the folder's.
        phase: in which phase of the game of makers and investors it plays; "": it is a game of its own.

    Raises:
        Trouble: the name is no name or is taken, there is no such phase, or nothing can be written there.
    """
    _check(name, phase)
    folder, family = Path(name), "inside" if phase else "alone"
    words = {"name": name, "Name": name.title().replace("_", ""), "family": phase}
    written = {to.format(name=name): _filled(start.format(family=family), words) for start, to in _FILES.items()}
    written[f"{name}.toml"] = _big_game(name, phase) if phase else _filled("alone/scenario.toml", words)
    try:
        folder.mkdir()
    except FileExistsError:
        raise Trouble("module.folder_exists", folder=name) from None
    except OSError as error:
        raise Trouble("file_unwritable", file=name, why=cause(error)) from None
    try:
        for path, text in written.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / path, text, replaces=False)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # no half a package: the folder is ours
        raise Trouble("file_unwritable", file=name, why=cause(error)) from None
    return folder


def _check(name: str, phase: str) -> None:
    if phase and phase not in PHASES:
        raise Trouble("module.no_phase", name=phase, known=", ".join(PHASES))
    if not _NAME.fullmatch(name) or len(name) > _LONGEST or iskeyword(name):
        raise Trouble("module.bad_name", name=name, most=_LONGEST)
    if Path(name).exists():
        raise Trouble("module.folder_exists", folder=name)
    if name in others() or name in shipped.scenario_names() or name in PHASES or find_spec(name) is not None:
        raise Trouble("module.name_taken", name=name)


def _filled(start: str, words: dict[str, str]) -> str:
    """Return a file of those to begin with, for a module of that name."""
    text = (files("makersphere_cli") / "modules" / "begun" / f"{start}.txt").read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: words[place[1]], text)


def _big_game(name: str, phase: str) -> str:
    """Return the shortest scenario of makers and investors, with the module at the end of a phase."""
    before, head, after = shipped.scenario_source("quickstart").partition(f'name = "{phase}"\n')
    after = re.sub(r"(modules = \[[^\]]*)\]", rf'\1, "{name}"]', after, count=1)
    text = before + head + after
    return text.replace('name = "quickstart"', f'name = "{name}"', 1)
