"""The texts of the terminal client in its person's language, by key, with numbers as people write them.

Answers a key with a sentence. The language can change while the game goes on. Knows no rule and no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from makersphere_protocol import texts

__all__ = ["SHARES_PER_CENT", "Words", "minutes", "number", "percent"]

SHARES_PER_CENT: Final = 100  # a cap table is counted in hundredths of a per cent


class Words:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        """Speak a language that there is."""
        self.language = texts.known(language)

    def __call__(self, key: str, values: Mapping[str, int | str] | None = None, **more: int | str) -> str:
        """Return the text of a key; a missing one shows its last word."""
        last = key.rpartition(".")[2].replace("_", " ")
        return texts.say(self.language, key, {**(values or {}), **more}, default=last)

    def has(self, key: str) -> bool:
        """Return whether there is a text."""
        return key in texts.catalogue(self.language) or key in texts.catalogue(texts.DEFAULT)

    def first(self, *keys: str) -> str:
        """Return the text of the first of several keys that has one, else the last word of the last key."""
        return self(next((key for key in keys if self.has(key)), keys[-1]))

    def count(self, key: str, n: int, **values: int | str) -> str:
        """Return the text for a number of things: `KEY.one` where the language has a singular."""
        singular = n == 1 and f"{key}.one" in texts.catalogue(self.language)
        return self(f"{key}.one" if singular else key, {"n": n, **values})

    def named(self, name: str, text: str) -> str:
        """Return a text with its label before it."""
        return self("terminal.join.named", name=name, text=text)

    def in_a_row(self, sentences: Iterable[str]) -> str:
        """Return sentences one after the other; Chinese full stops have their space already."""
        return texts.joined(self.language, sentences, "sentences")

    def listed(self, parts: Iterable[str]) -> str:
        """Return the parts of a sentence with the language's own commas."""
        return texts.joined(self.language, parts, "comma")

    def field(self, name: str) -> str:
        """Return what a field is called."""
        return self.first(f"field.{name}", f"terminal.field.{name}", name)

    def command(self, name: str) -> str:
        """Return what a command is called."""
        return self.first(f"command.{name}", f"terminal.command.{name}", name)

    def command_help(self, name: str) -> str:
        """Return what a command does, or ""."""
        keys = (f"command.{name}.help", f"terminal.command.{name}.help")
        return next((self(key) for key in keys if self.has(key)), "")

    def other(self) -> str:
        """Return the next language there is."""
        known = texts.languages()
        return known[(known.index(self.language) + 1) % len(known)]


def number(value: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,}".replace("-", "\N{MINUS SIGN}")


def percent(shares: int) -> str:
    """Return a holding as a percentage, with a decimal only where there is one."""
    whole, tenth = divmod((10 * shares + SHARES_PER_CENT // 2) // SHARES_PER_CENT, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def minutes(ms: int) -> str:
    """Return a span as minutes and seconds, the last one begun counting whole."""
    seconds = max(0, -(-ms // 1000))
    return f"{seconds // 60}:{seconds % 60:02d}"
