"""What the terminal says, and in which language: the texts are those of the area `terminal`.

The language is `MAKERSPHERE_LANGUAGE`, else the terminal's own. `--json` and file contents know no language.
"""

from __future__ import annotations

import os
import sys
from functools import cache

from makersphere_protocol import texts

__all__ = ["complain", "language", "named", "say", "speak", "unknown_language", "use_utf8"]

_WHERE = ("MAKERSPHERE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@cache
def language() -> str:
    """Return the language to speak here."""
    wanted = next((os.environ[name] for name in _WHERE if os.environ.get(name)), "")
    return texts.known(wanted.partition(".")[0].replace("_", "-"))


def speak(wanted: str) -> None:
    """Speak a language from here on; it counts before the variable and the language of the terminal."""
    os.environ[_WHERE[0]] = wanted
    language.cache_clear()


def unknown_language() -> str:
    """Return what `MAKERSPHERE_LANGUAGE` asks for, if there is no such language; else ""."""
    wanted = os.environ.get(_WHERE[0], "")
    short = wanted.partition(".")[0].replace("_", "-").lower()
    return wanted if wanted and not {short, short.partition("-")[0]} & {*texts.languages()} else ""


def say(key: str, **values: int | str) -> str:
    """Return a sentence of the terminal, `terminal.` left out of its key."""
    return texts.say(language(), f"terminal.{key}", values, default=key)


def named(kind: str, name: str, **values: int | str) -> str:
    """Return the name of something of the game (`named("role", "maker")`) in the person's language, or the key."""
    return texts.say(language(), f"{kind}.{name}", values, default=name)


def complain(sentence: str) -> None:
    """Say one sentence on standard error."""
    print(f"makersphere: {sentence}", file=sys.stderr)


def use_utf8() -> None:
    """Make standard output and error take every text, also where they are no UTF-8 console."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
