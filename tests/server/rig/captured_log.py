"""A standard error that keeps what is logged."""

import io

__all__ = ["Screen"]


class Screen(io.TextIOWrapper):
    """Standard error, a terminal or not."""

    def __init__(self, *, is_terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Return whether a person is looking."""
        return self._is_terminal

    def text(self) -> str:
        """Return what has been written."""
        self.seek(0)
        return self.read()
