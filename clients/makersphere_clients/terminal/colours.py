"""The colours of the terminal, light and dark: the roles, gains and losses, and the yellow of one's move and time.

Answers a name with a colour. They are the design's tokens, the same as in the web client; a test compares the two.
A colour never says anything alone: beside it stands a shape, a sign or a word.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "Look", "theme_of"]

Look = dict[str, str]

LIGHT: Final[Look] = {
    "ground": "#e8efec",
    "surface": "#ffffff",
    "tint": "#fff1cc",
    "ink": "#10231f",
    "ink-2": "#435650",
    "edge": "#6b7f79",
    "mat": "#0e5a4c",
    "on-mat": "#ffffff",
    "tape": "#ffc22e",
    "on-tape": "#10231f",
    "good": "#0a6b3c",
    "bad": "#b3251d",
    "warn": "#8a4a00",
    "maker": "#b03a0c",
    "investor": "#1b2f7a",
    "operator": "#1f766b",
}
DARK: Final[Look] = {
    "ground": "#0c1917",
    "surface": "#152825",
    "tint": "#2b2f18",
    "ink": "#eef5f2",
    "ink-2": "#a8bdb6",
    "edge": "#76928b",
    "mat": "#17695a",
    "on-mat": "#ffffff",
    "tape": "#ffc93f",
    "on-tape": "#10231f",
    "good": "#5cd18c",
    "bad": "#ff9187",
    "warn": "#ffb45c",
    "maker": "#f2784b",
    "investor": "#8d9fea",
    "operator": "#7debd8",
}


def theme_of(name: str, look: Look) -> Theme:
    """Return a look as a theme."""
    return Theme(
        name=name,
        primary=look["mat"],
        secondary=look["ink-2"],
        accent=look["tape"],
        foreground=look["ink"],
        background=look["ground"],
        surface=look["surface"],
        panel=look["surface"],
        success=look["good"],
        warning=look["warn"],
        error=look["bad"],
        dark=look is DARK,
        variables={"tint": look["tint"], "on-tape": look["on-tape"], "on-mat": look["on-mat"], "edge": look["edge"]},
    )
