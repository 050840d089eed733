"""The wheel and what is released with it: two builds are one, it works from nothing, and one place has the version."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from house import release, wheel
from house.steps import Steps
from house.trouble import Trouble
from tests.house.checkout import ROOT

PIN = re.compile(r"^([a-z0-9-]+==[^ ;\\\n]+)", re.MULTILINE)


@pytest.fixture(name="steps")
def steps_(tmp_path: Path) -> Steps:
    """Return what runs programs in the checkout, with a log of its own."""
    return Steps(tmp_path / "wheel.log", ROOT)


def test_the_wheel_is_built_twice_alike_and_opens_a_room_from_nothing(steps: Steps, tmp_path: Path) -> None:
    """In an environment of this Python without a checkout and without Node, by hashes alone."""
    built = wheel.build(steps, sys.executable, tmp_path / "built")
    took = wheel.try_out(steps, sys.executable, built)
    assert set(took) == {"download", "install", "room"}


class OtherBytes(Steps):
    """Runs nothing; builds a wheel that holds how often it was asked."""

    def run(self, title: str, command: Sequence[str], env: dict[str, str] | None = None) -> tuple[int, str]:
        """Write the file where the build is told to."""
        del title, env
        self.asked = getattr(self, "asked", 0) + 1
        Path(command[-1]).mkdir(exist_ok=True)
        (Path(command[-1]) / "game-1-py3-none-any.whl").write_text(str(self.asked), "utf-8")
        return 0, ""


def test_two_builds_that_differ_are_no_release(tmp_path: Path) -> None:
    """A time or a folder's name in the wheel is found out."""
    with pytest.raises(Trouble, match=r"two builds of game-1-py3-none-any\.whl differ"):
        wheel.build(OtherBytes(tmp_path / "log", ROOT), sys.executable, tmp_path / "built")


def test_each_pin_of_the_wheels_install_has_a_hash_and_is_that_of_the_checkout() -> None:
    """What is tried here is what others install."""
    hashed = (ROOT / wheel.HASHES).read_text("utf-8")
    pins = PIN.findall(hashed)
    assert len(pins) >= 20
    assert set(pins) <= set(PIN.findall((ROOT / "constraints.txt").read_text("utf-8")))
    blocks = re.split(r"^(?=[a-z0-9-]+==)", hashed, flags=re.MULTILINE)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_version_stands_in_one_place() -> None:
    """The web client is built into the wheel and has no version of its own."""
    package = json.loads((ROOT / "clients/web/package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "clients/web/package-lock.json").read_text("utf-8"))
    assert "version" not in package
    assert "version" not in lock
    assert "version" not in lock["packages"][""]


@pytest.fixture(name="project")
def project_(tmp_path: Path) -> Path:
    """Return a checkout of version 1.2.3 that the changelog tells of."""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 — 2026-12-01\n\nNew.\n\n## 1.2.2 — x\n", "utf-8")
    return tmp_path


def test_a_tag_prints_what_the_changelog_says_of_its_version(project: Path) -> None:
    """Nothing of the version before it."""
    assert release.notes(project, "v1.2.3") == "New.\n"


@pytest.mark.parametrize(("tag", "says"), [("v1.2.4", "has to be v1.2.3"), ("1.2.3", "has to be v1.2.3")])
def test_a_tag_of_another_version_releases_nothing(project: Path, tag: str, says: str) -> None:
    """The sentence says which tag it would be."""
    with pytest.raises(Trouble, match=says):
        release.notes(project, tag)


def test_a_version_without_a_date_releases_nothing(project: Path) -> None:
    """Somebody has to write when it was released."""
    (project / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 — not yet released\n\nNew.\n", "utf-8")
    with pytest.raises(Trouble, match="YYYY-MM-DD"):
        release.notes(project, "v1.2.3")
