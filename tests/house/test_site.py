"""The documentation site: links lead somewhere, pages read as beside the sources, nothing is fetched from elsewhere."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from house.site_pages import FROM_THE_ROOT, rewritten
from tests.house.checkout import ROOT

COUNTED = ("h1", "h2", "h3", "h4", "ul", "ol", "li", "tr", "td", "p", "pre", "img", "strong", "em", "blockquote")
FETCHED = re.compile(r"<(?:script|img|iframe|source)[^>]* src=\"?(\w+:)?//|<link[^>]* rel=\"?stylesheet[^>]*\w+://")


@pytest.fixture(scope="module", name="site")
def site_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `run.py site` does, and return its folder."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def tags(html: str) -> Counter[str]:
    """Return how often each of the counted elements stands in a text."""
    return Counter({tag: len(re.findall(rf"<{tag}[ >]", html)) for tag in COUNTED})


def test_each_page_has_the_parts_that_it_has_beside_the_sources(site: Path) -> None:
    """Lists within lists, tables and code are read as a host of repositories reads them; no page is left out."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    source_of = {name: source for source, name in FROM_THE_ROOT.items()}
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} | set(source_of)
    wrong = {}
    for name in sorted(pages):
        built = site / name.replace("README.md", "index.md").replace(".md", ".html")
        article = re.search(r"<article.*</article>", built.read_text("utf-8"), re.DOTALL)
        assert article, name
        wanted = reader.render((ROOT / source_of.get(name, f"docs/{name}")).read_text("utf-8"))
        if (found := tags(article.group())) != tags(wanted):
            wrong[name] = (found, tags(wanted))
    assert wrong == {}


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    """A school's network is told nothing of who reads."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    assert [page.name for page in pages if FETCHED.search(page.read_text("utf-8"))] == []


def test_a_link_out_of_the_pages_leads_to_the_sources_or_names_them() -> None:
    """To a page of the site where there is one, to the repository where it is known, else nowhere."""
    text = "[a](../README.md#x) [b](../run.py) [c](adr/) `[d](../run.py)`\n```\n[e](../run.py)\n```\n"
    assert rewritten(text, "teaching.md", "").startswith(
        '[a](index.md#x) <span class="source" title="run.py">b</span> [c](adr/README.md) `'
    )
    assert "[b](https://sources/run.py)" in rewritten(text, "teaching.md", "https://sources/")
    assert rewritten(text, "teaching.md", "").endswith("\n```\n[e](../run.py)\n```\n")
    assert rewritten("![a](docs/pictures/phone.png)", "index.md", "") == "![a](pictures/phone.png)"


# -- the teacher's part in two languages

TEACHERS = ("debrief", "joining", "networks", "playing", "projector", "school/privacy", "teaching")
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"makersphere |python|sudo |run\.py|/?#/|--")


def headings(text: str) -> list[int]:
    """Return the level of each heading, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCED.sub("", text), re.MULTILINE)]


def code(text: str) -> set[str]:
    """Return all code on a page but what a comment says: it is in no language."""
    lines = {line.split("#")[0].strip() for block in FENCED.findall(text) for line in block.splitlines()}
    return lines | set(INLINE.findall(FENCED.sub("", text)))


@pytest.mark.parametrize("name", TEACHERS)
def test_a_teachers_page_has_its_counterpart(name: str) -> None:
    """Whoever reads Chinese finds the same headings, and the same to type, press and open; of data, English alone."""
    english, chinese = ((ROOT / "docs" / folder / f"{name}.md").read_text("utf-8") for folder in ("", "zh"))
    assert headings(chinese) == headings(english)
    missing = code(english) - code(chinese)
    assert {each for each in missing if name != "debrief" or TYPED.match(each)} == set()
    assert len(re.findall(r"[一-鿿]", chinese)) > len(english) / 8


def test_each_chinese_page_says_the_themes_words_in_chinese_and_leads_to_the_english_one(site: Path) -> None:
    """And back; where there is no such page, to the first of that language."""
    chinese, english, scenarios = (
        (site / name).read_text("utf-8") for name in ("zh/teaching.html", "teaching.html", "scenarios.html")
    )
    assert '<html lang="zh"' in chinese
    assert '<html lang="en"' in english
    assert '<a href="../teaching.html" hreflang="en"' in chinese
    assert '<a href="zh/teaching.html" hreflang="zh"' in english
    assert '<a href="zh/index.html" hreflang="zh"' in scenarios
