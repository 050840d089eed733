"""A progress bar on a terminal's standard error, for work of many games; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["progress", "progress_of"]

_FEW: Final = 20  # games; a progress bar is worth it above


@contextmanager
def progress(games: int) -> Iterator[Callable[[], None]]:
    """Show a bar for so many games; yield a function to call after each game."""
    if games <= _FEW:
        yield lambda: None
        return
    with progress_of() as (began, done):
        began(games)
        yield lambda: done(1)


@contextmanager
def progress_of() -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """Show a bar; yield a function to say how many games there will be, and one for how many more are done."""
    if not sys.stderr.isatty():
        yield lambda _: None, lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  (quick --help)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(bar_width=None), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def began(games: int) -> None:
            bar.update(task, total=games, visible=True)

        yield began, lambda games: bar.advance(task, games)
