"""Why a server cannot start."""

from __future__ import annotations

__all__ = ["CannotStart"]


class CannotStart(Exception):
    """The server cannot start; the message is one sentence for people.

    Attributes:
        text: key of the sentence in people's language, `terminal.` left out, or "".
    """

    def __init__(self, sentence: str, text: str = "", **values: int | str) -> None:
        """Keep what to say."""
        super().__init__(sentence)
        self.text = text
        self.values = values
