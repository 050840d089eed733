"""What a tag has to say before it is released: `python3 -m house.release v1.2.3` prints that version's notes.

The version stands in `pyproject.toml` alone. The tag has to name it, and `CHANGELOG.md` has to tell of it under a
heading with a date; what stands there is printed. Ends with 1 and one sentence otherwise.
"""

import re
import sys
import tomllib
from pathlib import Path

from house.steps import say
from house.trouble import Trouble

__all__ = ["main", "notes"]


def notes(root: Path, tag: str) -> str:
    """Return what the changelog says of the version that a tag names.

    Raises:
        Trouble: the tag names another version, or the changelog has no dated heading for it.
    """
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if tag != f"v{version}":
        raise Trouble(f"the tag is {tag}, and pyproject.toml has version {version}: the tag has to be v{version}.")
    sections = re.split(r"^## ", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    for heading, _, text in (section.partition("\n") for section in sections):
        if re.fullmatch(rf"{re.escape(version)} — \d{{4}}-\d\d-\d\d", heading.strip()):
            return text.strip() + "\n"
    raise Trouble(f"CHANGELOG.md has no heading `## {version} — YYYY-MM-DD`: write its date there.")


def main(arguments: list[str]) -> int:
    """Print the notes of a tag's version."""
    match arguments:
        case [tag]:
            try:
                print(notes(Path(__file__).resolve().parent.parent, tag), end="")
            except Trouble as trouble:
                say(str(trouble))
                return 1
            return 0
        case _:
            print("usage: python3 -m house.release TAG", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
