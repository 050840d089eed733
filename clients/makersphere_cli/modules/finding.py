"""What is wrong with a rule module, and where; a remark is what its author may have meant so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from makersphere_cli.speech.words import say

__all__ = ["Finding", "in_order", "sentence_of"]


@attrs.frozen
class Finding:
    """One thing to look at.

    Attributes:
        file: where it stands.
        line: from 1.
        text: the key of its sentence, `terminal.module.` left out.
        values: what fills the sentence.
        near: what may have been meant, or "".
        is_remark: nothing is wrong by it.
    """

    file: Path
    line: int
    text: str
    values: Mapping[str, int | str] = attrs.field(factory=dict)
    near: str = ""
    is_remark: bool = False

    @property
    def place(self) -> str:
        """Return file and line as editors read them; what lies below this folder is named from here."""
        here = Path.cwd()
        shown = self.file.relative_to(here) if self.file.is_relative_to(here) else self.file
        return f"{shown}:{self.line}"


def sentence_of(finding: Finding) -> str:
    """Return what is to be looked at, in the person's language."""
    said = say(f"module.{finding.text}", **finding.values)
    if finding.near:
        said = say("module.near", sentence=said, near=finding.near)
    return say("module.remark", sentence=said) if finding.is_remark else said


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file and line, each once."""
    found = {(str(one.file), one.line, sentence_of(one)): one for one in findings}
    return [found[key] for key in sorted(found)]
