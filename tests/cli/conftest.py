"""What the tests of the command start from: English, and none of this machine's settings."""

import os
from pathlib import Path

import pytest

from makersphere_cli.speech import words


@pytest.fixture(autouse=True)
def plain_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in an empty folder, in English, without variables of ours."""
    for name in list(os.environ):
        if name.startswith("MAKERSPHERE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    words.language.cache_clear()
