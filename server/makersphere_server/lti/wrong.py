"""Why a launch or a grade came to nothing, as a value that people can be told."""

from __future__ import annotations

__all__ = ["Wrong"]


class Wrong(Exception):
    """Somebody cannot come in from a platform, or a platform does not take a grade.

    Attributes:
        text: key of the sentence, `lti.wrong.` left out.
        values: what stands in it.
        may_pass: the same may be taken a while later.
    """

    def __init__(self, text: str, *, may_pass: bool = False, **values: str | int) -> None:
        """Keep what to say."""
        super().__init__(text)
        self.text = text
        self.may_pass = may_pass
        self.values = values
