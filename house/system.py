"""What the tests need from the system and no Python package brings.

That is Chromium, a font with Chinese in it, Mosquitto, strace, three proxies, PostgreSQL, Prometheus, systemd's own
checks, and what Debian leaves out of Python itself. Answers where the browser is. Installs only as root on a Debian, as
build machines are; a person is told what to type instead.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from house.steps import Steps, say

__all__ = [
    "CHROMIUM_FLAGS",
    "ensure_chromium",
    "ensure_mosquitto",
    "ensure_postgres",
    "ensure_prometheus",
    "ensure_proxies",
    "ensure_strace",
    "ensure_systemd",
    "ensure_venv",
    "find_chromium",
    "find_postgres",
]

CHROMIUM_FLAGS = (
    "--no-sandbox",  # which refuses root, and build machines are root; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_chromium() -> Path | None:
    """Return a browser of Chromium's family: `$CHROMIUM`, one on PATH, or one of the usual places."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    on_path = (shutil.which(name) for name in _NAMES)
    folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
    usual = [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        *(Path(folder, "Google/Chrome/Application/chrome.exe") for folder in folders if folder),
        *(Path(folder, "Microsoft/Edge/Application/msedge.exe") for folder in folders if folder),
    ]
    found = [Path(path) for path in on_path if path] + [path for path in usual if path.is_file()]
    return found[0] if found else None


def ensure_chromium(steps: Steps) -> None:
    """Install Chromium where that is ours to do; otherwise say in a line what the browser tests lack."""
    lacking = [] if find_chromium() else ["chromium"]
    if _may_install():
        if not _has_chinese_font():
            lacking.append("fonts-noto-cjk")
        if lacking:
            _install(steps, lacking)
    elif lacking:
        say(
            "no Chromium, Chrome or Edge here, so browser tests are skipped:"
            " install one (on Debian `sudo apt-get install chromium fonts-noto-cjk`) or name it in CHROMIUM."
        )


def ensure_proxies(steps: Steps) -> None:
    """Install what the recipes of `deploy/` are tried with where that is ours to do; otherwise say what lacks."""
    programs = {"caddy": "caddy", "nginx": "nginx", "haproxy": "haproxy", "certutil": "libnss3-tools"}
    lacking = _lacking(programs)
    _install_or_say(
        steps,
        lacking,
        "not all proxies are here, so the fault `proxies`, and a test of two servers behind one, will fail:"
        f" install them (on Debian `sudo apt-get install {' '.join(lacking)}`).",
    )


def ensure_prometheus(steps: Steps) -> None:
    """Install what alerts and the board are tried with where that is ours to do; otherwise say what the tests lack."""
    _install_or_say(
        steps,
        _lacking({"promtool": "prometheus"}),
        "no Prometheus here, so tests of alerts and of the board will fail:"
        " install it (on Debian `sudo apt-get install prometheus`).",
    )


def ensure_systemd(steps: Steps) -> None:
    """Install what the units of `deploy/` are checked with where that is ours to do; otherwise say what lacks."""
    _install_or_say(
        steps,
        _lacking({"systemd-analyze": "systemd"}),
        "no systemd here, so tests of its units will fail: install it (on Debian `sudo apt-get install systemd`).",
    )


def ensure_mosquitto(steps: Steps) -> None:
    """Install an MQTT broker and its own clients where that is ours to do; otherwise say what the tests lack."""
    _install_or_say(
        steps,
        _lacking({"mosquitto": "mosquitto", "mosquitto_sub": "mosquitto-clients"}),
        "no Mosquitto here, so tests with a broker will fail:"
        " install it (on Debian `sudo apt-get install mosquitto mosquitto-clients`).",
    )


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version's; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def ensure_postgres(steps: Steps) -> None:
    """Install a database server where that is ours to do; otherwise say what the tests lack."""
    _install_or_say(
        steps,
        [] if find_postgres() else ["postgresql"],
        "no PostgreSQL here, so tests of a store in it will fail:"
        " install it (on Debian `sudo apt-get install postgresql`).",
    )


def ensure_strace(steps: Steps) -> None:
    """Install what traces a server's calls where that is ours to do; otherwise say what the power cut lacks."""
    _install_or_say(
        steps,
        [] if shutil.which("strace") else ["strace"],
        "no strace here, so the fault `power` will fail: install it (on Debian `sudo apt-get install strace`).",
    )


def ensure_venv(steps: Steps, python: str, minor: str) -> None:
    """Install what Debian leaves out of its Python `minor` ("3.13"), where that is ours to do; set-up says the rest."""
    asked = subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    if asked.returncode and _may_install():
        _install(steps, [f"python{minor}-venv"])


def _lacking(programs: Mapping[str, str]) -> list[str]:
    """Return the packages of the programs that are not here, by program."""
    return [package for name, package in programs.items() if shutil.which(name, path=_folders()) is None]


def _install_or_say(steps: Steps, lacking: list[str], otherwise: str) -> None:
    """Install what lacks where that is ours to do; otherwise say a sentence."""
    if lacking and _may_install():
        _install(steps, lacking)
    elif lacking:
        say(otherwise)


def _folders() -> str:
    """Return where programs are, those for whoever keeps the machine among them."""
    return os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))


def _install(steps: Steps, packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # no service is started on the way
    steps.run("fetching the list of the system's packages", ["apt-get", "update"], quiet)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    code, _ = steps.run(f"installing {' and '.join(packages)}", install, quiet)
    if code:
        say(f"{packages[0]} could not be installed, see the end of {steps.log}; tests will say more.")


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout
    return bool(listed.strip())


def _may_install() -> bool:
    """Return whether this is root on a Debian; Ubuntu's chromium is a snap and wants a whole desktop."""
    release = Path("/etc/os-release")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and release.is_file() and "\nID=debian\n" in f"\n{release.read_text('utf-8')}\n"
