"""Texts that a rule module of somebody else keeps in files beside it: `texts/en.toml`, `texts/zh.toml`.

Answers the texts by language and key, read once when the module is imported. Reads nothing but the package that asks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

__all__ = ["texts_of"]


def texts_of(package: str) -> dict[str, dict[str, str]]:
    """Return the texts of a package by language and key: those in its folder `texts`, a file for each language.

    Args:
        package: its name; a module in the package's `__init__.py` says `texts_of(__name__)`.

    Raises:
        ValueError: a file is no TOML, or says something that is no text.
    """
    found: dict[str, dict[str, str]] = {}
    for entry in sorted((files(package) / "texts").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            try:
                table = tomllib.loads(entry.read_text(encoding="utf-8"))
                found[entry.name.removesuffix(".toml")] = dict(_flat(table))
            except ValueError as error:
                raise ValueError(f"texts/{entry.name}: {error}") from None
    return found


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield texts by key, whether the key was quoted or not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, str):
            yield f"{before}{name}", value
        else:
            raise ValueError(f"expected a text for {before}{name}")  # noqa: TRY004  (it is what the file says)
