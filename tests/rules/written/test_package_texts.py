"""Texts in files beside a package: read by language and key, and a file that is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from makersphere_rules.author import texts_of


@pytest.fixture
def package(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a package of a name of its own that can be imported, and return its folder of texts."""
    name = f"words_of_{abs(hash(request.node.name))}"
    folder = tmp_path / name / "texts"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def test_a_file_is_a_language(package: Path) -> None:
    """Keys may stand in quotes or not; other files are left alone."""
    (package / "en.toml").write_text('"command.give.help" = "Why"\n"command.give" = "Give"\n', "utf-8")
    (package / "zh.toml").write_text('command.give = "\u7ed9"\n', "utf-8")
    (package / "notes.txt").write_text("mine", "utf-8")

    assert texts_of(package.parent.name) == {
        "en": {"command.give.help": "Why", "command.give": "Give"},
        "zh": {"command.give": "\u7ed9"},
    }


@pytest.mark.parametrize(("text", "why"), [("a =", "texts/en.toml: "), ("a.b = 3", "expected a text for a.b")])
def test_a_file_that_is_wrong_is_named(package: Path, text: str, why: str) -> None:
    """With the key, where it is one that says no text."""
    (package / "en.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=why):
        texts_of(package.parent.name)
