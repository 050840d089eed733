"""The colours of the terminal, light and dark: the roles, gains and losses, and the yellow of one's move and time.

Answers a name with a colour. They are the design's tokens, the same as in the web client; a test compares the two.
A colour never says anything alone: beside it stands a shape, a sign or a word.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "Colours", "theme_of"]

Colours = dict[str, str]

LIGHT: Final[Colours] = {
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
DARK: Final[Colours] = {
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


def theme_of(name: str, colours: Colours) -> Theme:
    """Return a theme of these colours."""
    return Theme(
        name=name,
        primary=colours["mat"],
        secondary=colours["ink-2"],
        accent=colours["tape"],
        foreground=colours["ink"],
        background=colours["ground"],
        surface=colours["surface"],
        panel=colours["surface"],
        success=colours["good"],
        warning=colours["warn"],
        error=colours["bad"],
        dark=colours is DARK,
        variables={
            "tint": colours["tint"],
            "on-tape": colours["on-tape"],
            "on-mat": colours["on-mat"],
            "edge": colours["edge"],
        },
    )
