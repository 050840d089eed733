"""The look holds for all eyes: contrasts and distances are recomputed from the tokens, and styles name no side."""

from __future__ import annotations

import gzip
import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.web.colour import EYES, apart, contrast, distance

WEB = Path(__file__).resolve().parents[2] / "clients/web/src"
STYLES = sorted(WEB.rglob("*.css"))
THEMES = ("light", "dark")
GROUNDS = ("surface", "ground", "sunken")
ROLES = ("maker", "investor", "operator")
SECTORS = ("health", "food", "energy", "learning", "city", "culture")
TEXT, PART = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def tokens() -> dict[str, dict[str, str]]:
    """Return the colours of each theme by name, the light ones where the dark theme has no other."""
    source = (WEB / "styles/tokens.css").read_text("utf-8")

    def block(selector: str) -> dict[str, str]:
        body = re.search(rf"^{re.escape(selector)} {{(.*?)^}}", source, re.DOTALL | re.MULTILINE)
        assert body is not None, selector
        return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[1]))

    light = block(":root")
    source_of_wall = (WEB / "styles/wall_tokens.css").read_text("utf-8")
    light |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", source_of_wall))
    return {"light": light, "dark": light | block(':root[data-theme="dark"]:not(.on-wall)')}


TOKENS = tokens()


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_what_it_stands_on(theme: str) -> None:
    """Inks on all grounds and the mat's lines, words that mean something, heads of cards: 4.5 to 1 at least."""
    found = TOKENS[theme]
    pairs = [(ink, ground) for ink in ("ink", "ink-2") for ground in (*GROUNDS, "tint", "grid")]
    pairs += [(word, ground) for word in ("good", "bad", "warn", "link") for ground in ("surface", "ground", "grid")]
    pairs += [("surface", band) for band in (*ROLES, "outside")]  # the heads of cards
    pairs += [("on-tape", "tape"), ("on-mat", "mat"), ("on-mat", "mat-line"), ("surface", "ink"), ("surface", "bad")]
    assert {pair: contrast(*(found[name] for name in pair)) for pair in pairs if _below(found, pair, TEXT)} == {}


def test_what_stands_on_a_drawing_or_on_the_wall_s_mat_can_be_read() -> None:
    """Drawings have one ink in any light: names on desks, tables, crates and signs; white on the mat, lit and dark."""
    found = TOKENS["light"]
    tints = ("paper", "desk-tint", "table-tint", "table-floor", "sign-tint", "crate", "roof", "pane")
    pairs = [("line-ink", tint) for tint in tints]
    pairs += [("ink-2", tint) for tint in ("paper", "desk-tint", "table-tint", "sign-tint", "crate")]
    pairs += [("on-mat", mat) for mat in ("mat", "mat-fine", "mat-line", "mat-dark", "mat-dark-fine", "mat-dark-mark")]
    assert {pair: contrast(*(found[name] for name in pair)) for pair in pairs if _below(found, pair, TEXT)} == {}
    parts = [("maker", "desk-tint"), ("investor", "table-tint"), ("operator", "sign-tint")]
    assert {pair: contrast(*(found[name] for name in pair)) for pair in parts if _below(found, pair, PART)} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_part_can_be_told_from_its_ground(theme: str) -> None:
    """Borders of controls, roles and sectors on cards, glyphs on their tiles: 3 to 1 at least."""
    found = TOKENS[theme]
    pairs = [("edge", "surface"), ("edge", "ground")]
    pairs += [(part, "surface") for part in (*ROLES, *SECTORS, "outside")]
    pairs += [("on-sector", sector) for sector in SECTORS]
    pairs.append(("tape", "surface") if theme == "dark" else ("tape-line", "surface"))
    assert {pair: contrast(*(found[name] for name in pair)) for pair in pairs if _below(found, pair, PART)} == {}


def test_pens_can_be_seen_on_every_ground() -> None:
    """One hex for both themes, 3 to 1 on cards and tables of both; eight of them."""
    pens = re.findall(r"#[0-9A-F]{6}", (WEB / "parts/pictures/pens.tsx").read_text("utf-8"))
    assert len(pens) == len(set(pens)) == 8
    grounds = {TOKENS[theme][ground] for theme in THEMES for ground in ("surface", "ground")}
    assert [pen for pen in pens if any(contrast(pen, ground) < PART for ground in grounds)] == []


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("names", "least"), [(ROLES, 18), (SECTORS, 14)], ids=["roles", "sectors"])
def test_roles_and_sectors_are_apart_for_all_eyes(names: tuple[str, ...], least: float, theme: str, eye: str) -> None:
    """The closest two, also for eyes without one kind of cone: roles 18, sectors 14 of CIEDE2000."""
    found = TOKENS[theme]
    assert min(apart(found[one], found[other], eye) for one, other in combinations(names, 2)) >= least


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_distances_are_those_of_the_paper(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    """Worked examples of Sharma, Wu and Dalal (2005), table 1."""
    assert distance(one, other) == pytest.approx(expected, abs=5e-5)
    assert distance(other, one) == pytest.approx(expected, abs=5e-5)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 to 1, a colour on itself 1 to 1, #767676 on white just enough for text."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0e5a4c", "#0e5a4c") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_both_ways_to_the_dark_theme_are_one() -> None:
    """Chosen in the menu or by the device, it has the same values."""
    source = (WEB / "styles/tokens.css").read_text("utf-8")
    chosen = re.search(r'^:root\[data-theme="dark"\]:not\(.on-wall\) {(.*?)^}', source, re.DOTALL | re.MULTILINE)
    device = re.search(r"prefers-color-scheme: dark\) {\s+:root:not\(\[data-theme\]\) {(.*?)}", source, re.DOTALL)
    assert chosen is not None
    assert device is not None
    assert chosen[1].split() == device[1].split()


def test_colours_stand_in_one_file() -> None:
    """Outside the tokens no style names a colour of its own, save for paper, which has no theme."""
    allowed = {"tokens.css", "wall_tokens.css", "print.css"}
    found = {
        style.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", style.read_text("utf-8"))
        for style in STYLES
        if style.name not in allowed
    }
    assert {name: colours for name, colours in found.items() if set(colours) - {"#fff"}} == {}


def test_styles_have_a_start_and_an_end_but_no_left_and_right() -> None:
    """Logical properties alone, so that the page can be mirrored."""
    sided = re.compile(
        r"^\s*(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
        r"|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b",
        re.MULTILINE,
    )
    assert {
        str(style.relative_to(WEB)): found for style in STYLES if (found := sided.findall(style.read_text("utf-8")))
    } == {}


def test_the_sprite_is_small() -> None:
    """All symbols as they stand in the page fit in 3 KB compressed."""
    source = (WEB / "parts/pictures/sprite.tsx").read_text("utf-8")
    paths = re.findall(r'"(M[\d\w.,\s-]+)"', source)
    assert len(paths) > 30
    symbols = "".join(f'<symbol viewBox="0 0 24 24"><path d="{path}"/></symbol>' for path in paths)
    assert len(gzip.compress(symbols.encode())) <= 3_000


def _below(found: dict[str, str], pair: tuple[str, str], least: float) -> bool:
    return contrast(*(found[name] for name in pair)) < least
