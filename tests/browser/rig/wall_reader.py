"""What the tests of the projector share: the table as everybody may see it, sizes of text, and a reader of QR codes."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any, Final

import zxingcpp
from playwright.sync_api import Browser, Page, expect
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from makersphere_protocol.messages import SUBPROTOCOL
from tests.browser.rig.guest import Guest

__all__ = [
    "MUST_READ",
    "MUST_READ_PX",
    "SMALLEST_PX",
    "advance_to",
    "must_read",
    "qr_texts",
    "sizes",
    "table",
]

SMALLEST_PX: Final = 28
MUST_READ_PX: Final = 56
MUST_READ: Final = 7

# text in an SVG is as large as its picture is drawn
_SIZES = """selector => [...document.querySelectorAll(selector)]
  .filter(each => !each.closest('.unseen') && [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(each => parseFloat(getComputedStyle(each).fontSize) * (each.getScreenCTM ? each.getScreenCTM().a : 1))"""

_GREY = """async ([png, scale]) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const pen = Object.assign(document.createElement('canvas'), {width, height}).getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width, height);
  const data = pen.getImageData(0, 0, width, height).data;
  let grey = '';
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at + 1]);
  return [width, height, btoa(grey)];
}"""


def table(url: str, room: str) -> dict[str, Any]:
    """Return the table as everybody may see it now."""
    with connect(f"{url.replace('http', 'ws', 1)}ws", subprotocols=[Subprotocol(SUBPROTOCOL)]) as connection:
        connection.send(json.dumps({"type": "watch", "room": room}))
        return dict(json.loads(connection.recv(10))["table"])


def sizes(wall: Page, selector: str = ".wall *") -> list[float]:
    """Return how large the text is that can be seen, in px."""
    return list(wall.evaluate(_SIZES, selector))


def must_read(wall: Page) -> list[float]:
    """Return how large the text is that everybody must be able to read."""
    return sizes(wall, ".must, .must *")


def advance_to(guest: Guest, wall: Page, phase: str) -> None:
    """Be ready in phase after phase until the wall shows one."""
    while phase not in (now := wall.locator(".wall-head h1").inner_text()):
        guest.ready()
        expect(wall.locator(".wall-head h1")).not_to_have_text(now)


def qr_texts(browser: Browser, png: str, scale: float) -> list[str]:
    """Return what a camera reads in a screenshot (base64) that is seen at a scale."""
    page = browser.new_page()
    width, height, grey = page.evaluate(_GREY, [png, scale])
    page.close()
    picture = memoryview(b64decode(grey)).cast("B", (height, width))
    return [found.text for found in zxingcpp.read_barcodes(picture)]
