"""Pages for the documentation site that lie outside `docs/`, and links that lead out of it; MkDocs runs this as a hook.

Answers which files of the root are pages of the site, and where a link on a page leads there. A link to a source leads
to the repository where `MAKERSPHERE_SOURCES_URL` names one; else the source is named by its path. Never changes a file.
"""

import json
import posixpath
import re
from pathlib import Path

from markdown import Markdown
from markdown.blockprocessors import ListIndentProcessor, OListProcessor, UListProcessor
from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

__all__ = ["FROM_THE_ROOT", "AsOnAHost", "counterparts", "on_files", "on_page_context", "on_page_markdown", "rewritten"]

FROM_THE_ROOT = {  # a page of the site, by the file of the repository that it is made of
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "rules/README.md": "rule-modules.md",
}
_BESIDE = {"LICENSE": "LICENSE.txt", "clients/web/public/icon.svg": "assets/icon.svg"}
_TEXTS = Path(__file__).parents[1] / "server/makersphere_protocol/texts"
_CODE = re.compile(r"^( *)(```.*?^\1```)", re.MULTILINE | re.DOTALL)
_TITLED = re.compile(r"^( *```\w+) ([\w./-]+)$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)")


class AsOnAHost(Extension):
    """Lets two blanks open a list within a list, as CommonMark does; Markdown wants four."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name is Markdown's)
        """Make what reads lists anew: each keeps the width that it was made with."""
        md.tab_length = 2
        for processor, name, priority in ((ListIndentProcessor, "indent", 90), (OListProcessor, "olist", 40)):
            md.parser.blockprocessors.register(processor(md.parser), name, priority)
        md.parser.blockprocessors.register(UListProcessor(md.parser), "ulist", 30)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what lies outside `docs/`: pages of the root, the license, the icon."""
    root = Path(config.docs_dir).parent
    for source, name in {**FROM_THE_ROOT, **_BESIDE}.items():
        files.append(File.generated(config, name, content=(root / source).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let each link lead to a page of the site, to the repository, or nowhere."""
    del files
    return rewritten(markdown, page.file.src_uri, config.extra["repository"])


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Say the theme's own words in the page's language, and offer the same page in the others."""
    del nav
    here, there = counterparts(page.file.src_uri, config.docs_dir)
    config.theme["language"] = here
    config.extra["alternate"] = [
        {"name": _called(language), "lang": language, "link": name.removesuffix(".md") + ".html"}
        for language, name in there.items()
    ]
    return context


def counterparts(page: str, docs: str) -> tuple[str, dict[str, str]]:
    """Return a page's language and, by language, the page that says the same; else that language's first page.

    Args:
        page: Its place below `docs/`: `teaching.md`, `zh/teaching.md`.
        docs: The folder of the pages.
    """
    # English lies in docs/, each other language of the texts in a folder of its name, as far as there is one
    languages = ["en", *(each.name for each in sorted(_TEXTS.iterdir()) if Path(docs, each.name, "index.md").is_file())]
    here = next((language for language in languages if page.startswith(f"{language}/")), "en")
    plain = page if here == "en" else page.removeprefix(f"{here}/")
    found = {}
    for language in languages:
        name = plain if language == "en" else f"{language}/{plain}"
        is_there = name in FROM_THE_ROOT.values() or Path(docs, name).is_file()
        found[language] = name if is_there else name.removesuffix(plain) + "index.md"
    return here, found


def _called(language: str) -> str:
    found: dict[str, str] = json.loads((_TEXTS / language / "language.json").read_text("utf-8"))
    return found["language.name"]


def rewritten(markdown: str, page: str, repository: str) -> str:
    """Return a page's text with its links as the site has them.

    Args:
        markdown: The text, as it stands in the repository.
        page: Its place below `docs/`, as the site has it: `adr/README.md`.
        repository: The address before a source's path, or "" where none is known.
    """
    sources = {name: source for source, name in FROM_THE_ROOT.items()}
    source = sources.get(page, f"docs/{page}")
    parts, last = [], 0
    for code in _CODE.finditer(markdown):
        parts += [_relinked(markdown[last : code.start()], source, page, repository)]
        parts += [_TITLED.sub(r'\1 title="\2"', code.group(), count=1)]
        last = code.end()
    return "".join([*parts, _relinked(markdown[last:], source, page, repository)])


def _relinked(text: str, source: str, page: str, repository: str) -> str:
    def link(match: re.Match[str]) -> str:
        mark, words, target, anchor = match.groups(default="")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = _place(path)
        if there is not None:
            return f"{mark}[{words}]({posixpath.relpath(there, posixpath.dirname(page) or '.')}{anchor})"
        if repository:
            return f"[{words}]({repository.rstrip('/')}/{path})"
        return f'<span class="source" title="{path}">{words}</span>'

    return _LINK.sub(link, text)


def _place(path: str) -> str | None:
    """Return where the site has a file of the repository, or None where it has none."""
    if path in FROM_THE_ROOT:
        return FROM_THE_ROOT[path]
    if path in _BESIDE:
        return _BESIDE[path]
    if path == "docs/adr":
        return "adr/README.md"
    return path.removeprefix("docs/") if path.startswith("docs/") else None
