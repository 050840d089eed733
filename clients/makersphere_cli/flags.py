"""The flags that several commands share, with their bounds.

Annotations that cyclopts reads; a number out of bounds is refused with a sentence that names the bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import App, ArgumentCollection, CoercionError, Parameter, Token, convert

from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say

__all__ = [
    "MAX_SEATS",
    "Data",
    "Folder",
    "Games",
    "Jobs",
    "Json",
    "Level",
    "Name",
    "NewFolder",
    "PolicyName",
    "Seats",
    "Seed",
    "WirePolicyName",
    "as_typed",
    "between",
    "typed_counts",
    "typed_counts_in_servers",
]

MAX_SEATS: Final = 500
MAX_SEED: Final = 2**53 - 1  # what the wire takes
_TYPED: Final = "cli"  # as cyclopts names where a value comes from
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")


def as_typed(type_: Any, tokens: Sequence[Token]) -> Any:  # noqa: ANN401  (any flag's type)
    """Return what was typed as a flag's type; a number that is not whole is never rounded to one."""
    if type_ is int and not _WHOLE.fullmatch(tokens[0].value.strip()):
        raise CoercionError(token=tokens[0], target_type=int)
    return convert(type_, tokens)


def between(lo: int, hi: int) -> Callable[[object, object], None]:
    """Return a validator for whole numbers from `lo` to `hi`."""

    def check(_: object, value: object) -> None:
        if isinstance(value, int) and not lo <= value <= hi:
            raise ValueError(say("needs_between", lo=f"{lo:,}", hi=f"{hi:,}"))

    return check


def typed_counts(_app: App, _commands: tuple[str, ...], arguments: ArgumentCollection) -> None:
    """Leave out what a variable says of `--data` or `--database` where the other one of the two is typed.

    Who names a folder means that folder, also where `MAKERSPHERE_DATABASE` is set for the server.

    Raises:
        Trouble: both are typed.
    """
    found = {argument.name: argument for argument in arguments if argument.name in ("--data", "--database")}
    typed = [name for name, argument in found.items() if any(token.source == _TYPED for token in argument.tokens)]
    if len(typed) > 1:
        raise Trouble("data_or_database")
    if typed:
        for name, argument in found.items():
            if name not in typed:
                argument.tokens.clear()


def typed_counts_in_servers(_app: App, _commands: tuple[str, ...], arguments: ArgumentCollection) -> None:
    """Leave out a database that was not typed where `--data` is, and say so.

    Beside a typed database, a folder keeps what is no room; so a server may have both.
    """
    found = {argument.name: argument for argument in arguments if argument.name in ("--data", "--database")}
    typed = {name for name, one in found.items() if any(token.source == _TYPED for token in one.tokens)}
    if typed == {"--data"} and any(token.value for token in found["--database"].tokens):
        found["--database"].tokens.clear()
        complain(say("data_counts", folder=found["--data"].tokens[-1].value))


def _folder(sentence: str, flag: str) -> Callable[[object, object], None]:
    """Return a validator for folders, which says a sentence where something else is named.

    What was typed is not in the sentence: a password may be in it.
    """

    def check(_: object, value: object) -> None:
        from makersphere_server.settings import is_address  # noqa: PLC0415  (quick --help)

        if isinstance(value, Path) and is_address(value):
            raise Trouble(sentence, flag=flag)

    return check


def _policy(_: object, value: object) -> None:
    """Check the name of a policy."""
    from makersphere_bots.catalogue import POLICIES  # noqa: PLC0415  (quick --help)

    if isinstance(value, str) and value not in POLICIES:
        raise ValueError(say("needs_one_of", options=", ".join(POLICIES)))


def _policy_over_the_wire(_: object, value: object) -> None:
    """Check the name of a policy that plays without a game at hand."""
    _policy(None, value)
    if isinstance(value, str) and _looks_ahead(value):
        raise ValueError(say("needs_simulator", name=value, instead="standard"))


def _looks_ahead(policy: str) -> bool:
    from makersphere_bots.catalogue import POLICIES  # noqa: PLC0415  (quick --help)
    from makersphere_bots.lookahead.simulator import LooksAhead  # noqa: PLC0415

    return isinstance(POLICIES[policy](), LooksAhead)


def _level(_: object, value: object) -> None:
    """Check how well bots are to play."""
    from makersphere_bots.levels import LEVELS  # noqa: PLC0415  (quick --help)

    if isinstance(value, str) and value not in LEVELS:
        raise ValueError(say("needs_one_of", options=", ".join(LEVELS)))


Data = Annotated[Path | None, Parameter(validator=_folder("setting_needs_folder", "--data"))]
Folder = Annotated[Path, Parameter(name="FOLDER", validator=_folder("setting_needs_folder", "FOLDER"))]
NewFolder = Annotated[Path, Parameter(name="FOLDER", validator=_folder("new_folder_is_address", "FOLDER"))]
Name = Annotated[str, Parameter(allow_leading_hyphen=False)]
PolicyName = Annotated[str, Parameter(validator=_policy)]
WirePolicyName = Annotated[str, Parameter(validator=_policy_over_the_wire)]
Level = Annotated[str, Parameter(validator=_level)]
Seats = Annotated[int, Parameter(validator=between(1, MAX_SEATS))]
Seed = Annotated[int, Parameter(validator=between(0, MAX_SEED))]
Games = Annotated[int, Parameter(validator=between(1, 1_000_000))]
Jobs = Annotated[int, Parameter(validator=between(1, 256))]
Json = Annotated[bool, Parameter(name="--json", negative=())]
