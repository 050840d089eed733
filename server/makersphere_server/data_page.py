"""The pages about people's data, made of a table: `python -m makersphere_server.data_page [zh] > docs/school/data.md`.

Answers their text. What each field is stands once, in `people_data.toml`; a test walks what the code stores and names
what has no line there.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from makersphere_protocol.texts import DEFAULT

__all__ = ["LANGUAGES", "page", "parts"]

LANGUAGES: Final = ("en", "zh")
_MADE: Final = "<!-- Made by `python -m makersphere_server.data_page{args}`; the words stand in people_data.toml. -->"

Part = Mapping[str, Any]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("makersphere_server").joinpath("people_data.toml").read_text("utf-8"))


def parts() -> Sequence[Part]:
    """Return the parts of the page: `of` what structures, their fields with a line, and those `beside` a person."""
    found: Sequence[Part] = _table()["part"]
    return found


def page(language: str = DEFAULT) -> str:
    """Return the page in one of `LANGUAGES`."""
    at = LANGUAGES.index(language)
    table = _table()
    words = {key: value[at] for key, value in table["words"].items()}
    made = _MADE.format(args="" if language == DEFAULT else f" {language}")
    lines = [f"# {words['title']}", "", made, "", words["introduction"].strip(), ""]
    for part in parts():
        lines += _of_part(part, words, at)
    return "\n".join(lines).rstrip() + "\n"


def _of_part(part: Part, words: Mapping[str, str], at: int) -> list[str]:
    table = _table()
    head = [words[name] for name in ("field", "what", "who", "life")]
    rows = [
        [f"`{field}`", line[at], table["who"][line[2]][at], table["life"][line[3]][at]]
        for field, line in part["fields"].items()
    ]
    colon, comma, stop = (words[name] for name in ("colon", "comma", "stop"))
    others = comma.join(f"`{field}`" for field in part["beside"])
    return [
        f"## {part['title'][at]}",
        "",
        f"{words['where']}{colon}{part['where'][at]}{stop}",
        "",
        _row(head),
        "|---" * len(head) + "|",
        *map(_row, rows),
        "",
        *([f"{words['beside']}{colon}{others}{stop}", ""] if others else []),
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a stream of text
    sys.stdout.write(page(sys.argv[1] if len(sys.argv) > 1 else DEFAULT))
