"""Whether anything is cut on the wall: `python -m tests.browser.rig.wall_fits [--seats N …] [--spaces N …] …`.

Plays a game of bots for each class and number of spaces, and looks in its lobby, in each phase, in each scene and at
the end (with one space in the opening, the slides and the replay too), in both languages, in the pseudo-locale and in
both lights, on four walls; and first in a rehearsal. What it finds it says a line each: text beyond the wall, its
board or its card, text over text, text of the head that lies behind a board, a row that scrolls, a name of one letter,
a word that goes on in the next line. A test tries one row.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Final

import attrs
from playwright.sync_api import Browser, Page, sync_playwright

from house.system import find_chromium
from tests.browser.rig.camera import THEMES
from tests.browser.rig.stage import PHASES, PROJECTOR, SIX, Host, flags, hosting, serving, stand_still
from tests.browser.rig.wall_shots import OF_END, OF_PHASE

__all__ = ["PSEUDO", "Look", "faults", "look_at_rehearsal", "look_through", "settle"]

Size = tuple[int, int]
SIZES: Final[tuple[Size, ...]] = ((1280, 720), PROJECTOR, (2560, 1440), (1024, 768))
PSEUDO: Final = "pseudo"  # every text longer by two fifths, from right to left
LANGUAGES: Final = ("en", "zh", PSEUDO)
SEATS: Final = (6, 30, 60)
SPACES: Final = (1, 2, 3, 4, 5)
_OF_LOBBY: Final = {"opening": 6, "slides": 11}
_ONCE: Final = 1  # space: the opening, the slides and the replay have no more text where there are more of them
_LEFT: Final = 4  # seats that are no operator's, at least

_QUIET: Final = """() => new Promise(done => {
  let timer = setTimeout(finish, 300);
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(finish, 300); });
  function finish() { watch.disconnect(); requestAnimationFrame(() => requestAnimationFrame(done)); }
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
})"""

_FAULTS: Final = """() => {
  const NEAR = 2, found = new Set();
  // Chinese breaks anywhere, other words after what joins them
  const WORDS = /[[\\p{L}\\p{M}\\p{N}]--\\p{Script=Han}]+(?:[.,:'\\u2019][[\\p{L}\\p{M}\\p{N}]--\\p{Script=Han}]+)*/gv;
  const said = text => text.trim().replace(/\\s+/g, ' ').slice(0, 40);
  const wall = document.querySelector('.wall');
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.add('the page scrolls');
  const main = document.querySelector('.wall-main');
  if (main && main.scrollHeight > main.clientHeight + NEAR) found.add('more stands in the middle than there is room');
  const broken = node => [...node.textContent.matchAll(WORDS)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const [first, ...others] = [...range.getClientRects()].filter(box => box.width > 1);
    return others.some(box => box.top > first.bottom - box.height / 3);
  }).map(({ 0: word }) => word);
  const texts = [];
  const words = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode, holder = node.parentElement;
    if (!node.textContent.trim() || holder.closest('.unseen, title, style')) continue;
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    texts.push(...boxes.map(box => ({ node, holder, box })));
    if (boxes.length > 1) for (const word of broken(node))
      found.add(`"${word}" is broken in the middle (${holder.closest('[class]')?.getAttribute('class')})`);
  }
  const inner = ({ box, holder }) => {
    let [left, right] = [box.left + 2, box.right - 2]; // of what can be seen of it
    for (let at = holder; at !== wall; at = at.parentElement) {
      if (at.ownerSVGElement || getComputedStyle(at).overflowX === 'visible') continue;
      const edge = at.getBoundingClientRect();
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    }
    return { holder, left, right, top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 };
  };
  for (const { node, holder, box } of texts) {
    const name = `"${said(node.textContent)}" (${holder.closest('[class]')?.getAttribute('class')})`;
    const { left, right } = inner({ box, holder });
    if (left < -NEAR || box.top < -NEAR || right > innerWidth + NEAR || box.bottom > innerHeight + NEAR)
      found.add(`${name} leaves the wall`);
    if (holder.closest('.wall-head')) for (const x of [left + 1, right - 1]) {
      const top = document.elementFromPoint(x, (box.top + box.bottom) / 2);
      if (top && !top.contains(holder) && !holder.contains(top)) found.add(`${name} is covered`);
    }
    const board = holder.closest('.board, .stall, .curtain, .deal-side, .venture-cards li, .doors li, .name-tag');
    const frame = board?.getBoundingClientRect();
    if (frame && !holder.ownerSVGElement && (left < frame.left - NEAR || right > frame.right + NEAR ||
        box.top < frame.top - NEAR * 3 || box.bottom > frame.bottom + NEAR * 3))
      found.add(`${name} leaves its board`);
    for (let at = holder; at && at !== wall; at = at.parentElement) {
      const style = getComputedStyle(at), edge = at.getBoundingClientRect();
      if (style.overflowX === 'visible' || at.ownerSVGElement) continue;
      const out = Math.max(edge.left - box.left, box.right - edge.right);
      const seen = edge.width / parseFloat(getComputedStyle(holder).fontSize);
      if (out > NEAR && !(style.textOverflow === 'ellipsis' && seen > 3)) found.add(`${name} is cut at its side`);
      if (box.bottom > edge.bottom + box.height / 3) found.add(`${name} is cut below`);
      break;
    }
    if (/^\\S?…/u.test(node.textContent.trim())) found.add(`${name} is a name of one letter`);
  }
  const inks = texts.map(inner);
  inks.forEach((one, at) => inks.slice(at + 1).forEach((other, n) => {
    if (one.holder === other.holder) return;
    if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
      found.add(`"${said(texts[at].node.textContent)}" and "${said(texts[at + 1 + n].node.textContent)}" lie over ` +
        `each other (${one.holder.getAttribute('class')}, ${other.holder.getAttribute('class')})`);
  }));
  return [...found];
}"""


@attrs.frozen
class Look:
    """How a wall is looked at.

    Attributes:
        size: of the wall.
        language: of its texts, or `pseudo`.
        theme: light or dark.
    """

    size: Size
    language: str = "en"
    theme: str = "light"

    def __str__(self) -> str:
        width, height = self.size
        return f"{width}x{height}, {self.language}, {self.theme}"


def _roles(seats: int, spaces: int) -> tuple[str, ...]:
    investors = (seats - spaces) // 3
    return ("maker",) * (seats - spaces - investors) + ("investor",) * investors + ("operator",) * spaces


def look_through(
    browser: Browser, url: str, room: tuple[int, int], looks: Sequence[Look], seasons: int = 1
) -> Iterator[str]:
    """Play a game of so many seats and spaces; yield what is cut on its wall, a line each, in every state and look."""
    seats, spaces = room
    scenario, lasts = ("quickstart", 2) if seats < 12 else ("classroom", 3)
    with hosting(url, _roles(seats, spaces), scenario=scenario, pace="host") as host:
        kinds = {look.language == PSEUDO for look in looks}
        walls = {kind: _wall(browser, url, host, is_pseudo=kind) for kind in kinds}

        def at(state: str, scene: str = "phase", step: int = 0) -> Iterator[str]:
            for look in looks:
                for fault in _faults(host, walls[look.language == PSEUDO], look, (scene, step)):
                    yield f"{seats} seats, {spaces} spaces, {state}, {look}: {fault}"

        yield from at("lobby")
        for scene, steps in _OF_LOBBY.items() if spaces == _ONCE else ():
            for step in range(steps):
                yield from at(f"lobby, {scene} {step}", scene, step)
        host.send("start")
        yield from _played(host, at, seasons)
        if seasons < lasts:
            host.send("end")
        yield from _ended(at)
        for step in range(len(PHASES)) if spaces == _ONCE else ():
            yield from at(f"end, replay {step}", "replay", step)
        for wall in walls.values():
            wall.context.close()


def look_at_rehearsal(browser: Browser, url: str, looks: Sequence[Look]) -> Iterator[str]:
    """Open a rehearsal; yield what is cut on its wall, a line each, in its lobby and in its first phase."""
    with hosting(url, SIX, pace="host", rehearsal=True) as host:
        walls = {
            kind: _wall(browser, url, host, is_pseudo=kind) for kind in {look.language == PSEUDO for look in looks}
        }
        for state in ("lobby", PHASES[0]):
            for look in looks:
                for fault in _faults(host, walls[look.language == PSEUDO], look, ("phase", 0)):
                    yield f"rehearsal, {state}, {look}: {fault}"
            if state == "lobby":
                host.send("start")
        for wall in walls.values():
            wall.context.close()


def _played(host: Host, at: Callable[..., Iterator[str]], seasons: int) -> Iterator[str]:
    for season, phase in product(range(1, seasons + 1), PHASES):
        yield from at(f"{season} {phase}")
        for scene, step in OF_PHASE.get(phase, ()) if season == seasons else ():
            yield from at(f"{season} {phase}, {scene} {step}", scene, step)
        host.send("advance")


def _ended(at: Callable[..., Iterator[str]]) -> Iterator[str]:
    for scene, step in OF_END:
        yield from at(f"end, {scene} {step}", scene, step)


def _wall(browser: Browser, url: str, host: Host, *, is_pseudo: bool) -> Page:
    width, height = PROJECTOR
    page = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    ).new_page()
    if is_pseudo:
        page.add_init_script("localStorage.setItem('ms.prefs', JSON.stringify({ pseudo: true }))")
    page.goto(f"{url}#/s/{host.room}")
    page.locator(".wall-code").wait_for()
    return page


def _faults(host: Host, wall: Page, look: Look, scene: tuple[str, int]) -> list[str]:
    language = "en" if look.language == PSEUDO else look.language
    host.send("show", scene=scene[0], step=scene[1], language=language, theme=look.theme, calm=True)
    wall.locator(f"html[data-theme={look.theme}][lang^={language}] .wall-main[data-scene={scene[0]}]").wait_for()
    width, height = look.size
    wall.set_viewport_size({"width": width, "height": height})
    if scene[0] == "moments":  # they are worked out after the end
        wall.locator(".moments li").first.wait_for()
    settle(wall)
    return faults(wall)


def settle(wall: Page) -> None:
    """Wait until a wall shows all that it is about to show."""
    wall.evaluate(_QUIET)
    stand_still(wall)  # what still rises reaches below its board for a moment


def faults(wall: Page) -> list[str]:
    """Return what is cut on a wall as it stands."""
    return list(wall.evaluate(_FAULTS))


@contextmanager
def _browser() -> Iterator[tuple[Browser, str]]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=find_chromium(), args=flags()), url


def _rooms(seats: Iterable[int], spaces: Iterable[int]) -> Iterator[tuple[int, int]]:
    return ((many, few) for many, few in product(seats, spaces) if many - few >= _LEFT)


def main(arguments: Sequence[str]) -> int:
    """Look through what is asked for, and answer 1 if anything is cut."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.rig.wall_fits", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--seats", type=int, action="append", help=f"of a class; by default {SEATS}")
    parser.add_argument("--spaces", type=int, action="append", help=f"of a class; by default {SPACES}")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="by default all")
    parser.add_argument("--theme", choices=THEMES, action="append", help="by default both")
    parser.add_argument("--size", choices=[f"{w}x{h}" for w, h in SIZES], action="append", help="by default all")
    wanted = parser.parse_args(arguments)
    sizes = [size for size in SIZES if not wanted.size or "x".join(map(str, size)) in wanted.size]
    looks = [Look(*one) for one in product(sizes, wanted.language or LANGUAGES, wanted.theme or THEMES)]
    found = 0
    with _browser() as (browser, url):
        for fault in look_at_rehearsal(browser, url, looks):
            found += 1
            sys.stdout.write(f"{fault}\n")
        for room in _rooms(wanted.seats or SEATS, wanted.spaces or SPACES):
            for fault in look_through(browser, url, room, looks, seasons=2):
                found += 1
                sys.stdout.write(f"{fault}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
