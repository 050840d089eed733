"""The pages of the repository lead where they say: their links, and the paths that they quote."""

import re

from tests.house.checkout import ROOT, tracked_files

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
