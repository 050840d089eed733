"""`makersphere targets`: nobody wins by not playing, in each scenario at each size that it is made for."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Name
from makersphere_cli.many_games.targets_flags import TargetsFlags
from makersphere_cli.speech.trouble import Trouble

__all__ = ["targets"]


def targets(
    *scenarios: Name,
    flags: Annotated[TargetsFlags, Parameter(name="*")] = TargetsFlags(),  # noqa: B008  (frozen)
) -> int:
    """Hold scenarios, at many sizes, against the targets on seats that do not play. Same seed, same numbers.

    Args:
        scenarios: names of shipped scenarios, or files; by default those of a single run that ship.
        flags: of the table.
    """
    try:
        import arro3.io  # noqa: F401, PLC0415  (of the extra)
        import scipy  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="playtest") from None
    from makersphere_cli.many_games.targets_run import run_targets  # noqa: PLC0415  (quick --help)

    return run_targets(scenarios, flags)
