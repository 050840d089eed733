"""Codes that phones read off a screen: decoded from a screenshot at a quarter of its size, as from the back row."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import cast

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.stage import PROJECTOR, ROOT

DECODER = ROOT / "clients/web/node_modules/jsqr/dist/jsQR.js"
DECODE = """
async ([picture, part]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const [width, height] = [image.width, image.height].map(side => Math.round(side * part));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return jsQR(data, width, height)?.data ?? '';
}
"""


def decoded(browser: Browser, picture: bytes, part: float) -> str:
    """Return what a QR decoder reads in a picture that has been made smaller."""
    page = browser.new_page()
    page.add_script_tag(path=DECODER)
    found = cast("str", page.evaluate(DECODE, [b64encode(picture).decode(), part]))
    page.close()
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_code_on_the_wall_is_read_from_the_back_row(
    open_page: OpenPage, new_room: OpenRoom, browser: Browser, theme: str
) -> None:
    """At a quarter of 1920 by 1080, in both themes, it leads to the way in of this room."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    wall.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    expect(wall.locator(".qr path")).to_have_attribute("d", re.compile("^M"))
    assert decoded(browser, wall.screenshot(), 0.25).endswith(f"#/j/{host.room}")
