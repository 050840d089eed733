"""The verbs of `run.py`: setup, play, test, check, bench, faults, wheel, site.

Answers each with an exit code: 0 done, 1 the code under test failed, 2 the machine or the command line
needs a hand, with one sentence that says which. The centre of `house`; the steps themselves are in its
other modules.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from house import ci, suite, system, touching, webclient, wheel
from house.environment import Environment, folder_named
from house.steps import say
from house.trouble import Trouble

__all__ = ["checks", "main"]

_ROOT = Path(__file__).resolve().parent.parent


def setup(environment: Environment, arguments: list[str]) -> int:
    """Make the environment, with the extras that are named, and build the web client."""
    known = environment.extras()
    unknown = [name for name in arguments if name not in known]
    if unknown:
        raise Trouble(f"there is no extra {unknown[0]!r}: there are {', '.join(known)}.")
    environment.prepare(*arguments)
    say("ready: python3 run.py play")
    return 0


def play(environment: Environment, arguments: list[str]) -> int:
    """Start a game on this machine."""
    environment.prepare()
    return _become([str(environment.program("makersphere")), "play", *arguments])


def test(environment: Environment, arguments: list[str]) -> int:
    """Run all tests, all but some groups, those that touch a file, or pytest with the arguments given."""
    match arguments:
        case ["--without", names]:
            selection = suite.all_but(environment.root, names.split(","))
        case ["--touching", file, *files]:
            selection = _touching(environment.root, [file, *files])
        case ["--without" | "--touching" as option, *_]:
            raise Trouble(f"{option} wants names: `--without GROUP,GROUP` or `--touching FILE FILE`.")
        case _:
            selection = suite.all_but(environment.root)
    environment.prepare("build", "docs", "lint", "playtest", "test")  # one test has the guide's code checked as ours is
    system.ensure_chromium(environment.steps)
    system.ensure_mosquitto(environment.steps)
    system.ensure_proxies(environment.steps)
    system.ensure_strace(environment.steps)
    system.ensure_postgres(environment.steps)
    system.ensure_prometheus(environment.steps)
    system.ensure_systemd(environment.steps)
    if arguments and arguments[0] not in {"--without", "--touching"}:
        os.chdir(environment.root)
        return _become([str(environment.python), "-m", "pytest", *arguments])
    return suite.run(environment, selection)


def _touching(root: Path, names: list[str]) -> suite.Selection:
    found = touching.touching(root, [Path(name) for name in names])
    say(found.why)
    return suite.only(root, found.tests, vitest=found.vitest)


def check(environment: Environment, arguments: list[str]) -> int:
    """Check format, lint, types, words, import contracts and lengths, and what the web client checks of itself."""
    _no_more(arguments)
    environment.prepare("build", "docs", "test", "lint", web=False)
    failed = [name for name, command in checks(environment).items() if not _passes(name, command)]
    if failed:
        say(f"check failed: {', '.join(failed)}")
    return 1 if failed else 0


def checks(environment: Environment) -> dict[str, list[str]]:
    """Return the command of each check by its name; those of the web client only where there is one."""
    python, ruff = str(environment.python), str(environment.program("ruff"))
    found = {
        "format": [ruff, "format", "--check", "."],
        "lint": [ruff, "check", "."],
        "types": [python, "-m", "mypy"],
        "words": [python, "-m", "house.words"],
        "import contracts": [str(environment.program("lint-imports")), "--no-logo"],
        "lengths": [python, "-m", "house.lengths"],
        **_recipes(environment),
    }
    if webclient.is_there(environment.root):
        npm = [python, "-m", "house.webclient", "npm", "run"]
        found["web client's format, lint and lengths"] = [*npm, "lint"]
        found["web client's types"] = [*npm, "check"]
    return found


def _recipes(environment: Environment) -> dict[str, list[str]]:
    """Return what holds the files that run elsewhere alone: the release's workflow, the container's two."""
    check, workflow = str(environment.program("check-jsonschema")), ".github/workflows/release.yml"
    valid = [check, "--builtin-schema"]
    found = {
        "release workflow": [*valid, "vendor.github-workflows", workflow],
        "pinned actions": [check, "--schemafile", "house/pinned_actions.schema.json", workflow],
        "compose file": [*valid, "vendor.compose-spec", "deploy/compose.yaml"],
    }
    hadolint = environment.program("hadolint")  # there is one for Linux on a PC alone
    return {**found, "Containerfile": [str(hadolint), "deploy/Containerfile"]} if hadolint.exists() else found


def bench(environment: Environment, arguments: list[str]) -> int:
    """Measure, and print JSON; what is measured in a browser asks for one."""
    in_browser = not arguments or any(name.startswith("web") for name in arguments)
    environment.prepare("test", web=in_browser)
    if in_browser:
        system.ensure_chromium(environment.steps)
    os.chdir(environment.root)
    return _become([str(environment.python), "-m", "tests.bench", *arguments])


def faults(environment: Environment, arguments: list[str]) -> int:
    """Let things go wrong under load, check what is left, and print JSON."""
    environment.prepare("test", web="--list" not in arguments)  # one opens the pages through proxies
    system.ensure_chromium(environment.steps)
    system.ensure_mosquitto(environment.steps)
    system.ensure_proxies(environment.steps)
    system.ensure_strace(environment.steps)
    system.ensure_postgres(environment.steps)
    system.ensure_prometheus(environment.steps)
    os.chdir(environment.root)
    return _become([str(environment.python), "-m", "tests.faults", *arguments])


def try_wheel(environment: Environment, arguments: list[str]) -> int:
    """Build the wheel twice, try it from nothing on each Python that is named or promised, and print JSON."""
    environment.prepare("build")
    built = wheel.build(environment.steps, str(environment.python), environment.root / "dist")
    code = 0
    for program in _every_python(environment.root) if arguments == ["every"] else arguments or [sys.executable]:
        took = wheel.try_out(environment.steps, program, built)
        is_soon = took["install"] + took["room"] <= wheel.ROOM_S
        code = code if is_soon else 1
        figures = {name: round(seconds, 1) for name, seconds in took.items()}
        print(json.dumps({"wheel": built.name, "python": program, **figures, "within_30_s": is_soon}))
    return code


def site(environment: Environment, arguments: list[str]) -> int:
    """Build the documentation site; a link that leads nowhere fails it."""
    _no_more(arguments)
    environment.prepare("docs", web=False)
    command = [str(environment.python), "-m", "mkdocs", "build", "--strict", "--quiet"]
    code, output = environment.steps.run("building the documentation site", command, {"NO_MKDOCS_2_WARNING": "1"})
    if code:
        print(output, end="", file=sys.stderr)
        return 1
    say("ready in site; to look at it: python3 -m http.server -d site")
    return 0


def _every_python(root: Path) -> list[str]:
    """Return a program for each Python that is promised.

    Raises:
        Trouble: this machine has not got one of them.
    """
    found = {version: ci.find(version, os.environ) for version in ci.promised(root)}
    missing = [version for version, python in found.items() if python is None]
    if missing:
        raise Trouble(f"there is no Python {' and no '.join(missing)} on PATH nor among pyenv's.")
    return [python.program for python in found.values() if python is not None]


class _Verb(NamedTuple):
    does: Callable[[Environment, list[str]], int]
    arguments: str
    says: str


_VERBS = {
    "setup": _Verb(setup, "[EXTRA]", "make the environment and build the web client"),
    "play": _Verb(play, "[ARGS]", "start a game here; ARGS are those of `makersphere play`"),
    "test": _Verb(test, "[ARGS]", "run every test; see CONTRIBUTING.md for ARGS, among them pytest's"),
    "check": _Verb(check, "", "format, lint, types, words, contracts, lengths, recipes, and the web client's own"),
    "bench": _Verb(bench, "[NAME]", "measure and print JSON; without NAME all of it"),
    "wheel": _Verb(
        try_wheel, "[PYTHON]", "build the wheel twice, try it without checkout and Node; PYTHON: programs, or `every`"
    ),
    "site": _Verb(site, "", "build the documentation site from docs/ into site, links checked"),
    "faults": _Verb(faults, "[NAME]", "load, faults and a checker, for a long time; `--list` names them"),
}


def main(arguments: list[str]) -> int:
    """Carry out a verb; a failure that a person can mend ends in one sentence and exit code 2."""
    match arguments:
        case [name, *rest] if name in _VERBS:
            return _carry_out(_VERBS[name], rest)
        case ["-h" | "--help" | "help"]:
            print(_usage())
            return 0
        case [name, *_]:
            say(f"run.py has no verb {name!r}: it has {', '.join(_VERBS)}.")
        case _:
            print(_usage(), file=sys.stderr)
    return 2


def _carry_out(verb: _Verb, arguments: list[str]) -> int:
    try:
        return verb.does(Environment(_ROOT, folder_named(os.environ)), arguments)
    except Trouble as trouble:
        say(str(trouble))
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def _usage() -> str:
    lines = [f"  python3 run.py {name} {verb.arguments}".ljust(40) + verb.says for name, verb in _VERBS.items()]
    return "\n".join(["usage:", *lines])


def _no_more(arguments: list[str]) -> None:
    if arguments:
        raise Trouble(f"this verb takes no arguments, and {' '.join(arguments)!r} was given.")


def _passes(name: str, command: list[str]) -> bool:
    """Run a check in the checkout, and show its output only where it fails."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=_ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    say(f"{name}: {'failed' if done.returncode else 'ok'} ({time.monotonic() - started:.1f} s)")
    if done.returncode:
        sys.stdout.buffer.write(done.stdout + done.stderr)
        sys.stdout.flush()
    return done.returncode == 0


def _become(command: list[str]) -> int:
    """Turn this process into another program, so that Ctrl-C and signals are its own business."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  (a program of our own environment)
    with subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"}) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # Windows tells both; the game says when it is done
                continue
