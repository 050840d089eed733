"""Words with a meaning of their own: those of the glossary that nobody knows from elsewhere, as a phone says them.

A word is a key of the glossary (`term.KEY`) or a thing that screens name without one, such as the garage. Words that
mean in the game what they mean everywhere are left out: credits, hours, rent, a team, an offer, a deal, a score, a
season. Words for what one's own card says in full (a kind, a background, a track, a skill, a sector) are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from makersphere_protocol import texts

__all__ = ["own_words"]

_EVERYDAY: Final = frozenset(
    ("credits", "deal", "hours", "lead", "offer", "quality", "rent", "score", "season", "team")
)
_SAID: Final = {  # where a screen says it otherwise than the glossary's own title
    "badge": r"badges?",
    "born": r"born|unborn",
    "unborn": r"born|unborn",
    "capital": r"capital",
    "clinic": r"clinics?",
    "credential": r"credentials?",
    "desk": r"desks?",
    "floor": r"your floor|floors?",
    "forecast": r"forecasts?",
    "garage": r"garage",
    "grant": r"grants?",
    "introduction": r"introduc\w+",
    "know_how": r"know-how",
    "level": r"levels?",
    "look": r"looks|a look",
    "package": r"packages?",
    "pitch": r"pitch\w*",
    "reserve": r"till",
    "roll": r"roll",
    "search_cost": r"search\w*",
    "shares": r"shares?",
    "space": r"spaces?",
    "tenant": r"tenants?",
    "tie": r"ties",
    "trust": r"trusts?",
    "venture": r"ventures?",
    "wild_card": r"wild cards?",
}
_SAME: Final = {"unborn": "born"}


def _patterns() -> dict[str, re.Pattern[str]]:
    titles = {
        key.removeprefix("term."): title for key, title in texts.catalogue("en").items() if key.startswith("term.")
    }
    said = {key: re.escape(title.lower()) for key, title in titles.items() if key not in _EVERYDAY}
    return {key: re.compile(rf"\b(?:{said})\b") for key, said in {**said, **_SAID}.items()}


def own_words(screens: Iterable[str]) -> set[str]:
    """Return the words with a meaning of their own that some screens say, each once in whatever form."""
    text = "\n".join(screens).lower()
    return {_SAME.get(key, key) for key, pattern in _patterns().items() if pattern.search(text)}
