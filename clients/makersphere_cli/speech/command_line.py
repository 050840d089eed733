"""A command line that cannot be read, said in one sentence with its remedy."""

from __future__ import annotations

import difflib
import tomllib
from typing import Final, Literal, get_args, get_origin

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)
from cyclopts.exceptions import UnknownCommandError

from makersphere_cli.speech.causes import cause, quoted
from makersphere_cli.speech.words import say

__all__ = ["explain"]

_SORTS: Final = {int: "needs_whole", float: "needs_number", bool: "needs_yes_or_no"}


def explain(error: CycloptsError) -> str:
    """Return what is wrong with a command line and how to go on."""
    command = " ".join(("makersphere", *(error.command_chain or ())))
    match error:
        case UnknownCommandError():
            return _unknown_command(error)
        case UnknownOptionError():
            return _unknown_option(error, command)
        case UnusedCliTokensError():
            return say("too_many", value=str((error.unused_tokens or ["?"])[0]), command=command)
        case MissingArgumentError():
            return say("flag_missing", flag=_flag(error), command=command)
        case CoercionError() | ValidationError():
            return say("flag_refused", flag=_flag(error), value=_value(error) or "''", why=_why(error), command=command)
        case _ if isinstance(error.__cause__, tomllib.TOMLDecodeError):
            return say("config_damaged", why=cause(error))
        case _:
            return say("command_line", why=quoted(_plain(str(error))), command=command)


def _unknown_command(error: UnknownCommandError) -> str:
    typed = str((error.unused_tokens or ["?"])[0])
    names = [name for name in (error.app or ()) if not name.startswith("-")]
    near = [name for name in names if name.startswith(typed)] or difflib.get_close_matches(typed, names, 1)
    if near:
        return say("no_command_near", name=typed, near=near[0])
    return say("no_command", name=typed, known=", ".join(names))


def _unknown_option(error: UnknownOptionError, command: str) -> str:
    typed = (error.token.keyword or error.token.value).partition("=")[0]
    names = {name.lstrip("-"): name for argument in error.argument_collection for name in argument.names}
    near = difflib.get_close_matches(typed.lstrip("-"), names, 1)  # the dashes are alike in all of them
    if error.token.source not in ("", "cli"):
        flags = sorted(argument.name for argument in error.argument_collection if argument.name.startswith("--"))
        known = ", ".join(flag.removeprefix("--").replace("-", "_") for flag in flags)
        return say("no_setting", name=_key(typed), place=error.token.source, known=known)
    if not typed.startswith("-"):
        return say("too_many", value=typed, command=command)
    if near:
        return say("no_flag_near", flag=typed, near=names[near[0]])
    return say("no_flag", flag=typed, command=command)


def _flag(error: CycloptsError) -> str:
    """Return what the person knows the argument by: its flag, variable or key, else its name in capitals."""
    argument = error.argument
    if argument is None:
        return "?"
    token = argument.tokens[0] if argument.tokens else None
    if token is not None and token.keyword:
        return token.keyword if token.source in ("", "cli", "env") else f"{_key(token.keyword)} ({token.source})"
    name = argument.name
    return name if name.startswith("--") and argument.index is None else name.lstrip("-").upper()


def _key(place: str) -> str:
    """Return the last key of a place in a file, `[server][port]`."""
    return place.rpartition("[")[2].rstrip("]")


def _value(error: CycloptsError) -> str:
    if isinstance(error, CoercionError) and error.token is not None:
        return error.token.value
    tokens = error.argument.tokens if error.argument is not None else []
    return tokens[0].value if tokens else "?"


def _why(error: CoercionError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return _plain(error.exception_message)
    target = error.target_type
    if get_origin(target) is Literal:
        return say("needs_one_of", options=", ".join(str(option) for option in get_args(target)))
    return say(_SORTS[target]) if target in _SORTS else _plain(str(error))


def _plain(message: str) -> str:
    """Return a message as the middle of a sentence."""
    message = " ".join(message.split()).rstrip(".")
    return message[:1].lower() + message[1:]
