"""The web client's files, in memory: from the installed package, else from the checkout, else a page on how to build.

Answers which bytes stand behind a path. Paths are keys of a dict that is filled once, so nothing that a
stranger types ever reaches the file system.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import attrs

__all__ = ["Asset", "load"]

_HASHED: Final = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.\w+$")
_WORTH_PACKING: Final = ("text/", "application/javascript", "application/json", "image/svg+xml")
_NOT_BUILT: Final = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Makersphere</title>
<h1>The server is running</h1>
<p>The web client has not been built yet. In the checkout, run <code>python3 run.py setup</code>, then start again.
</html>
"""


@attrs.frozen(eq=False)
class Asset:
    """A file as it is served.

    Attributes:
        is_hashed: its name changes with its content, so it may be kept for ever.
    """

    body: bytes = attrs.field(repr=False)
    packed: bytes = attrs.field(repr=False)
    type: str
    etag: str
    is_hashed: bool


def load() -> Mapping[str, Asset]:
    """Return the files of the web client by path; `/` is the page."""
    packaged = files("makersphere_server") / "web"
    checkout = Path(__file__).parents[3] / "clients" / "web" / "dist"
    for folder in (packaged, checkout):
        if (folder / "index.html").is_file():
            found = {f"/{name}": _asset(name, entry.read_bytes()) for name, entry in _walk(folder, "")}
            found["/"] = found["/index.html"]
            return found
    return {"/": _asset("index.html", _NOT_BUILT)}


def _walk(folder: Traversable | Path, prefix: str) -> Iterator[tuple[str, Traversable | Path]]:
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, f"{name}/")
        elif not name.endswith((".gz", ".map")):
            yield name, entry


def _asset(name: str, body: bytes) -> Asset:
    type_ = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith((".js", ".mjs")):
        type_ = "text/javascript"  # some systems' registries know it by another name
    packed = gzip.compress(body, 9, mtime=0) if type_.startswith(_WORTH_PACKING) else b""
    if len(packed) >= len(body):
        packed = b""
    if type_.startswith("text/"):
        type_ += "; charset=utf-8"
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Asset(body, packed, type_, etag, bool(_HASHED.search(name)))
