"""The pages of the repository lead where they say: their links, and the paths that they quote."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.house.checkout import ROOT, tracked_files

ARCHITECTURE = ROOT / "docs/architecture.md"
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"`((?:rules|server|clients|tests|docs|house)/[\w/.-]+\.\w+)`")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def test_every_link_and_every_path_on_a_page_leads_to_a_file() -> None:
    """Whoever follows a page of ours arrives; what is moved is moved in the pages too."""
    wrong = []
    for page in (path for path in tracked_files() if path.suffix == ".md"):
        text = _CODE.sub("", page.read_text("utf-8"))
        targets = [page.parent / link for link in _LINK.findall(text) if not re.match(r"\w+:", link)]
        targets += [ROOT / path for path in _PATH.findall(text)]
        wrong += [f"{page.relative_to(ROOT)}: {target}" for target in targets if not target.exists()]
    assert not wrong, "\n".join(wrong)


def _folder_in(top: Path, path: Path) -> str:
    """Return the folder right below `top` in which a file lies, or "" where it lies in none."""
    parts = path.relative_to(top).parts if path.is_relative_to(top) else ()
    return parts[0] if len(parts) > 1 else ""


def test_every_folder_of_the_house_has_a_line() -> None:
    """Whoever looks for a floor finds it on the page of the architecture: packages, tests, the web client's folders."""
    text = ARCHITECTURE.read_text("utf-8")
    linked = {(ARCHITECTURE.parent / link).resolve() for link in _LINK.findall(text) if "://" not in link}
    files = tracked_files()
    packages = {path.parent for path in files if path.name == "__init__.py" and not path.is_relative_to(ROOT / "tests")}
    families = ROOT / "rules/makersphere_rules/modules"  # a folder each for rule modules of several files
    tests = {path.relative_to(ROOT / "tests").parts[0] for path in files if path.match("tests/**/test_*.py")}
    pages = {
        path.relative_to(ROOT / "clients/web/src").parts[0] for path in files if path.match("clients/web/src/*/*.tsx")
    }
    missing = [str(path.relative_to(ROOT)) for path in sorted(packages - linked) if path.parent != families]
    missing += [f"tests/{name}" for name in sorted(tests) if (ROOT / "tests" / name) not in linked]
    missing += [f"{name}/ of the web client" for name in sorted(pages) if f"`{name}/`" not in text]
    assert not missing, "\n".join(missing)


def test_what_has_moved_is_where_the_changelog_says() -> None:
    """Authors and scripts follow the table of imports: the new path is there, and the old one is gone."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    tables = re.findall(r"^\| in `(\w+)` was \| is \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    moves = [
        (f"{package}.{old}", f"{package}.{new}")
        for package, rows in tables
        for old, new in re.findall(r"^\| `([\w.]+)` \| `([\w.]+)` \|$", rows, re.MULTILINE)
    ]
    assert moves
    assert [new for _, new in moves if not _is_given(new)] == []
    assert [old for old, _ in moves if _is_given(old)] == []


def _is_given(name: str) -> bool:
    """Return whether a name is that of a file, or public in one; a folder may be called as a file was before."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # its parent is a file, or there is none
        home, _, last = name.rpartition(".")
        return _is_given(home) and last in import_module(home).__all__
    return spec is not None and spec.submodule_search_locations is None
