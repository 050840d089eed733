"""Prometheus as the system has it, with the recipe of `deploy/`: started beside a server, and asked what it knows.

In the recipe the server's address and how often it looks are replaced, and each of them has to stand there once.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import attrs

from tests.faults.rig.server import ROOT
from tests.loopback import free_port

__all__ = ["Prometheus", "prometheus"]

_RECIPE: Final = ROOT / "deploy/prometheus/prometheus.yml"
_PATIENCE_S: Final = 30.0


@attrs.frozen
class Prometheus:
    """A Prometheus that runs."""

    port: int

    async def query(self, query: str) -> list[dict[str, Any]]:
        """Return what a query finds now."""
        found: list[dict[str, Any]] = (await self._ask("query", query=query))["result"]
        return found

    async def rules(self) -> list[dict[str, Any]]:
        """Return the rules that it has loaded, each with how it stands."""
        return [rule for group in (await self._ask("rules"))["groups"] for rule in group["rules"]]

    async def _ask(self, what: str, **asked: str) -> Any:  # noqa: ANN401  (JSON of any shape)
        url = f"http://127.0.0.1:{self.port}/api/v1/{what}?{urllib.parse.urlencode(asked)}"
        return await asyncio.to_thread(_fetched, url)


def _fetched(url: str) -> Any:  # noqa: ANN401  (JSON of any shape)
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE_S) as response:  # noqa: S310  (our own)
            return json.load(response)["data"]
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{url} is answered by {error.code}: {error.read()[:400]!r}") from error


def _written(folder: Path, game_port: int) -> Path:
    text = _RECIPE.read_text("utf-8")
    replaced = {
        "scrape_interval: 15s": "scrape_interval: 1s",
        "evaluation_interval: 15s": "evaluation_interval: 1s",
        '"127.0.0.1:8000"': f'"127.0.0.1:{game_port}"',
    }
    for before, after in replaced.items():
        if text.count(before) != 1:
            raise RuntimeError(f"{_RECIPE.name} has {before!r} {text.count(before)} times, not once")
        text = text.replace(before, after)
    shutil.copy(_RECIPE.with_name("makersphere.rules.yml"), folder)
    file = folder / _RECIPE.name
    file.write_text(text, "utf-8")
    return file


@asynccontextmanager
async def prometheus(folder: Path, game_port: int) -> AsyncIterator[Prometheus]:
    """Run a Prometheus that scrapes a port of this machine.

    Args:
        folder: for its files; it is made.
        game_port: of the server.

    Raises:
        RuntimeError: the program is not there, or does not start.
    """
    path = shutil.which("prometheus")
    if path is None:
        raise RuntimeError("there is no prometheus here: install it (on Debian `sudo apt-get install prometheus`)")
    folder.mkdir()
    port, log_file = free_port(), folder / "output.log"
    named = {
        "config.file": _written(folder, game_port),
        "storage.tsdb.path": folder / "data",
        "web.listen-address": f"127.0.0.1:{port}",
    }
    with log_file.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(path, *(f"--{name}={value}" for name, value in named.items())), stdout=log, stderr=log, cwd=folder
        )
    try:
        await _is_ready(process, port, log_file)
        yield Prometheus(port)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _is_ready(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while process.returncode is None:
            with suppress(OSError, RuntimeError):
                await Prometheus(port).query("vector(1)")
                return
            await asyncio.sleep(0.05)
    last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
    raise RuntimeError(f"Prometheus did not start: {last[:400]}")
