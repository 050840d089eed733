"""One word per thing: no word that was given up stands anywhere, and what a sentence names is there.

Answers `run.py check` with a line for each mistake: file, line, the word, and what is said instead. Reads every file
of sources, pages and texts that git tracks or would track; changes nothing. The words, their exceptions and the
reasons are in `words.toml`; what each word means is in CONTRIBUTING.md, "One word per thing".
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["LIST", "Word", "files_of", "mistakes", "words_in"]

LIST = "house/words.toml"
_ROOT = Path(__file__).resolve().parent.parent
_READ = {".py", ".ts", ".tsx", ".css", ".md", ".json", ".toml"}
_PACKAGE_LOCK = "package-lock.json"
_FILE_NAMED = re.compile(r"`(?:[\w.-]+/)*([\w-]+\.(?:py|tsx?|css))(?:::[\w:]+)?`")
_PAGE_NAMED = re.compile(r"(?<![\w/.-])docs/(?:[\w-]+/)*[\w-]+\.md\b")
_DECISION_NAMED = re.compile(r"\bADRs? (\d+)(?:(?:, | and )(\d+))*")
_MODULE_NAMED = re.compile(r"\bmakersphere_(?:rules|protocol|server|bots|clients|playtest|cli)(?:\.[A-Za-z_]\w*)+")


class Word(NamedTuple):
    """A word that was given up: what finds it, what is said instead, and where it may stand all the same.

    It is looked for in the files of `only_in`, or in all where that is empty.
    """

    pattern: re.Pattern[str]
    example: str
    say: str
    only_in: tuple[str, ...]
    part_of: Mapping[str, str]
    stands_in: Mapping[str, str]


class _Line(NamedTuple):
    file: str
    number: int
    text: str


def files_of(root: Path) -> list[str]:
    """Return the files that are read, from the root: those that git tracks, or would track once they are added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return sorted(
        name
        for name in listed.split("\0")
        if Path(name).suffix in _READ and Path(name).name != _PACKAGE_LOCK and name != LIST and (root / name).is_file()
    )


def words_in(table: Mapping[str, Any]) -> list[Word]:
    """Return the words of the list, as it was read from TOML."""
    return [
        Word(
            re.compile(one["pattern"]),
            one["example"],
            one["say"],
            tuple(one.get("only_in", ())),
            one.get("part_of", {}),
            one.get("stands_in", {}),
        )
        for one in table["word"]
    ]


def mistakes(root: Path, files: Iterable[str], table: Mapping[str, Any]) -> list[str]:
    """Return a line for each mistake: words that were given up, names of nothing, exceptions that nothing needs."""
    names = list(files)
    lines = [
        _Line(name, number, text)
        for name in names
        for number, text in enumerate((root / name).read_text("utf-8").splitlines(), 1)
    ]
    found = [mistake for word in words_in(table) for mistake in _of_word(word, lines)]
    known = {Path(name).name for name in names} | set(table.get("names", {}).get("examples", ()))
    return [*found, *_named_and_gone(root, lines, known)]


def _of_word(word: Word, lines: Sequence[_Line]) -> Iterator[str]:
    needed = set[str]()
    for glob in word.only_in:
        if not any(fnmatchcase(line.file, glob) for line in lines):
            yield f"{LIST}: {glob!r} is the name of no file"
    for line in lines:
        if not word.pattern.search(line.text) or not _is_in(line.file, word.only_in):
            continue
        home = next((glob for glob in word.stands_in if fnmatchcase(line.file, glob)), None)
        if home is not None:
            needed.add(home)
            continue
        wholes = [(whole, match.span()) for whole in word.part_of for match in re.finditer(whole, line.text)]
        for match in word.pattern.finditer(line.text):
            around = [whole for whole, (first, last) in wholes if first <= match.start() and match.end() <= last]
            needed.update(around)
            if not around:
                yield f"{line.file}:{line.number}: {match[0]!r}: say {word.say}"
    for exception in (*word.part_of, *word.stands_in):
        if exception not in needed:
            yield f"{LIST}: {exception!r} excuses nothing any more"


def _is_in(file: str, globs: tuple[str, ...]) -> bool:
    return not globs or any(fnmatchcase(file, glob) for glob in globs)


def _named_and_gone(root: Path, lines: Iterable[_Line], known: set[str]) -> Iterator[str]:
    for line in lines:
        for match in _FILE_NAMED.finditer(line.text):
            if match[1] not in known:
                yield f"{line.file}:{line.number}: {match[1]!r}: there is no such file"
        for match in _PAGE_NAMED.finditer(line.text):
            if not (root / match[0]).is_file():
                yield f"{line.file}:{line.number}: {match[0]!r}: there is no such page"
        for match in _DECISION_NAMED.finditer(line.text):
            for number in re.findall(r"\d+", match[0]):
                if not list((root / "docs/adr").glob(f"{int(number):04}-*.md")):
                    yield f"{line.file}:{line.number}: {match[0]!r}: there is no decision {number}"
        for match in _MODULE_NAMED.finditer(line.text):
            if not _is_there(root, match[0]):
                yield f"{line.file}:{line.number}: {match[0]!r}: there is no such module"


def _is_there(root: Path, dotted: str) -> bool:
    """Return whether a dotted name is a folder or a file of ours, or stands in one."""
    package, *parts = dotted.split(".")
    homes = [path for path in root.glob(f"*/{package}") if path.is_dir()]
    if not homes:
        return False
    here = homes[0]
    for part in parts:
        if (here / part).is_dir():
            here /= part
        elif (here / f"{part}.py").is_file():
            here /= f"{part}.py"
        else:
            source = here if here.is_file() else here / "__init__.py"
            return source.is_file() and re.search(rf"\b{part}\b", source.read_text("utf-8")) is not None
    return True


def main() -> int:
    """Print each mistake of the checkout; return 1 where there is one."""
    table = tomllib.loads((_ROOT / LIST).read_text("utf-8"))
    found = mistakes(_ROOT, files_of(_ROOT), table)
    for mistake in found:
        print(mistake)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
