"""What a person at the terminal can mend: it is said in one sentence, with exit code 2 and no traceback.

Bugs are other exceptions and keep their traceback.
"""

from __future__ import annotations

from makersphere_cli.speech.words import say

__all__ = ["Trouble"]


class Trouble(Exception):
    """Something that the person who typed the command can mend.

    Attributes:
        text: the key of the sentence, `terminal.` left out.
        values: what fills it.
    """

    def __init__(self, text: str, **values: int | str) -> None:
        """Keep what to say."""
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        """Return the sentence, in the person's language."""
        return say(self.text, **self.values)
