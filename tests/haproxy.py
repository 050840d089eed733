"""A real HAProxy in front of servers of the tests, with one of the recipes of `deploy/haproxy`."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from tests.house.checkout import ROOT

__all__ = ["RECIPES", "in_front", "laid_out", "program", "written"]

RECIPES: Final = ROOT / "deploy/haproxy"
_LISTENS_S: Final = 30
_HERE: Final = {
    "    log /dev/log local0\n    user haproxy\n    group haproxy\n": "",
    "    log global\n": "",
}


def program() -> str:
    """Return where HAProxy is."""
    found = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin:/usr/bin")
    assert found is not None, "there is no haproxy here: install it (on Debian `sudo apt-get install haproxy`)"
    return found


def written(recipe: str, folder: Path, replaced: Mapping[str, str]) -> Path:
    """Write a recipe for this machine, and return its file: what it replaces has to stand there."""
    text = (RECIPES / recipe).read_text("utf-8")
    for before, after in (_HERE | dict(replaced)).items():
        assert before in text
        text = text.replace(before, after)
    file = folder / recipe
    file.write_text(text, "utf-8")
    return file


def laid_out(recipe: str, folder: Path, port: int, servers: Mapping[str, int]) -> list[str]:
    """Return the command that runs a recipe without a certificate.

    Args:
        recipe: its file's name.
        folder: where what is made of it is kept.
        port: where it listens.
        servers: the port of each server, by its address in the recipe.
    """
    replaced = {
        "    bind :80\n": "",
        "    bind :443 ssl crt /etc/makersphere/both.pem": f"    bind 127.0.0.1:{port}",
        "    http-request redirect scheme https code 301 unless { ssl_fc }\n": "",
        "inter 2s": "inter 1s",
        **{f"{address}:8000": f"127.0.0.1:{there}" for address, there in servers.items()},
    }
    return [program(), "-db", "-f", str(written(recipe, folder, replaced))]


@asynccontextmanager
async def in_front(recipe: str, folder: Path, port: int, servers: Mapping[str, int]) -> AsyncIterator[None]:
    """Run a recipe, as `laid_out` has it, for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(*laid_out(recipe, folder, port, servers))
    try:
        await _listens(port)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _listens(port: int) -> None:
    async with asyncio.timeout(_LISTENS_S):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
