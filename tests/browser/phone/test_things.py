"""Things in the room: what the console says of the broker, codes that it gives, and the phone's own."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig.stage import CONSOLE, PHONE, Host, hosting, serving, take_seat
from tests.loopback import free_port

DEVICES = "makersphere/v1/devices"


@pytest.fixture
def broker_port() -> int:
    """Give a port for the broker that the server starts."""
    return free_port()


@pytest.fixture
def led(tmp_path: Path, broker_port: int) -> Iterator[tuple[str, Host]]:
    """Give a server that takes devices, and a room there."""
    with (
        serving(tmp_path, "--mqtt", f"embedded://127.0.0.1:{broker_port}", "--mqtt-devices") as url,
        hosting(url, scale=100) as host,
    ):
        yield url, host


@pytest.fixture
def pages(browser: Browser) -> Iterator[dict[str, Page]]:
    """Give a console and a phone that are closed in the end."""
    contexts = {
        name: browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        for name, (width, height) in (("console", CONSOLE), ("phone", PHONE))
    }
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def pair(port: int, device: str, code: str) -> bool:
    """Let a device come with a code, by a client that is not ours; return whether it was taken."""
    topic = f"{DEVICES}/{device}"
    asked = ["mosquitto_rr", "-i", device, "-h", "127.0.0.1", "-p", str(port), "-q", "1", "-W", "60"]
    payload = json.dumps({"id": "1", "code": code})
    said = subprocess.run(
        [*asked, "-t", f"{topic}/pair", "-e", f"{topic}/answer", "-m", payload],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return bool(json.loads(said)["ok"])


def test_a_host_connects_a_thing_and_lets_it_go(
    led: tuple[str, Host], pages: dict[str, Page], broker_port: int
) -> None:
    """The sheet says since when there is a broker, gives a code, shows the thing under its name, and disconnects it."""
    url, host = led
    page = pages["console"]
    page.goto(f"{url}#/c/{host.room}/{host.invite()}")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Devices", exact=True).click()
    sheet = page.get_by_role("dialog", name="Devices")
    expect(sheet.get_by_text("Connected to the broker since")).to_be_visible()
    expect(sheet.get_by_text("None yet")).to_be_visible()
    sheet.get_by_role("button", name="bell", exact=True).click()
    sheet.get_by_role("button", name="Give a code").click()
    code = sheet.locator(".figure").inner_text()
    assert pair(broker_port, "desk-bell", code)
    expect(sheet.get_by_role("listitem")).to_contain_text(["bell"])
    expect(sheet.get_by_role("listitem")).to_contain_text(["desk-bell"])
    sheet.get_by_role("button", name="Disconnect desk-bell").click()
    expect(sheet.get_by_text("None yet")).to_be_visible()
    sheet.get_by_role("button", name="ready button").click()
    expect(sheet.get_by_role("button", name="Give a code")).to_be_disabled()  # it is a seat's: whose, is asked first
    sheet.get_by_label("Whose").select_option("Maker 1")
    sheet.get_by_role("button", name="Give a code").click()
    assert pair(broker_port, "my-button", sheet.locator(".figure").inner_text())
    expect(sheet.get_by_role("listitem")).to_contain_text(["Maker 1"])


def test_a_phone_connects_a_thing_of_its_own(led: tuple[str, Host], pages: dict[str, Page], broker_port: int) -> None:
    """Before the start already the menu gives a code for the kind that is chosen, and says when the thing has come."""
    url, host = led
    page = pages["phone"]
    page.goto(f"{url}#/j/{host.room}")
    take_seat(page, "Mina")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Connect a thing").click()
    page.get_by_role("button", name="ready button").click()
    shown = page.locator("dialog .figure")
    expect(shown).to_be_in_viewport()
    code = shown.inner_text()
    assert pair(broker_port, "my-button", code)
    expect(page.get_by_text("Connected: ready button my-button")).to_be_visible()
    expect(shown).to_have_count(0)
    assert not pair(broker_port, "other-button", code)
