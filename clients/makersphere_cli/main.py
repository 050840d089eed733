"""The command `makersphere`: which commands there are, and how each of them ends.

Answers a command line with an exit code: 0 done, 1 what was asked about is not so, 2 the command line or the
machine needs a hand, and one sentence says which. Commands are imported when they are called, so `--help` is
quick. Nothing imports this package. The centre of `makersphere_cli`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from cyclopts import App, CycloptsError, Parameter
from cyclopts.config import Env, Toml

from makersphere_cli.flags import as_typed, typed_counts, typed_counts_in_servers
from makersphere_cli.paths import CONFIG_FILE, file_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say, unknown_language, use_utf8
from makersphere_protocol import texts
from makersphere_server.limits import OutOfRange, Unusable

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: Final = {
    "doctor": "doctor:doctor",
    "play": "play:play",
    "serve": "serve:serve",
    "join": "join:join",
    "bots": "bots:bots",
    "mcp": "mcp:mcp",
    "demo": "demo:demo",
    "simulate": "simulate:simulate",
    "experiment": "experiment:experiment",
    "playtest": "playtest:playtest",
    "targets": "targets:targets",
    "tune": "tune:tune",
    "scenario": "scenario:app",
    "module": "module:app",
    "playthrough": "playthrough:playthrough",
    "schema": "schema:schema",
    "verify": "verify:verify",
    "why": "why:why",
    "debrief": "debrief:debrief",
    "export": "export:export",
    "rooms": "rooms:app",
    "class": "classes:app",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "mqtt": "mqtt:app",
}
_OUTPUT_LOST: Final = frozenset({errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EINVAL})
_SERVERS: Final = frozenset({"play", "serve"})  # their flags are the settings of a server


def _app() -> App:
    """Return the command line.

    Flags count before the variables `MAKERSPHERE_*`, and these before the table `[server]` of `makersphere.toml`,
    or of the file that `MAKERSPHERE_CONFIG` names. Of `--data` and `--database` the typed one counts.

    Raises:
        Trouble: there is no such file.
    """
    env = Env("MAKERSPHERE_", command=False)
    app = App(
        name="makersphere",
        default_parameter=Parameter(converter=as_typed),
        help=say("help"),
        version=lambda: version("makersphere"),
        config=[env, typed_counts],
        print_error=False,
        exit_on_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    named = os.environ.get("MAKERSPHERE_CONFIG", "")
    if named and not file_at(named):
        raise Trouble("no_config", file=named)
    file = Toml(named or CONFIG_FILE, root_keys=("server",), use_commands_as_keys=False)
    for name, where in COMMANDS.items():
        path, says = f"makersphere_cli.commands.{where}", say(f"help.{name}")
        if name in _SERVERS:
            app.command(path, name=name, help=says, config=[env, file, typed_counts_in_servers])
        else:
            app.command(path, name=name, help=says)
    return app


def run(tokens: Sequence[str]) -> int:
    """Carry out a command line and return its exit code."""
    try:
        code = _app()(list(tokens))
    except CycloptsError as error:
        from makersphere_cli.speech.command_line import explain  # noqa: PLC0415  (only where it is needed)

        complain(explain(error))
        return 2
    except OutOfRange as error:
        value, least, most = (f"{number:,}".removesuffix(".0") for number in (error.value, error.least, error.most))
        flag = f"--{error.setting.replace('_', '-')}"
        complain(say("setting_out_of_range", flag=flag, value=value, least=least, most=most))
        return 2
    except Unusable as error:
        flag = f"--{error.setting.replace('_', '-')}"
        complain(say(f"setting_needs_{error.needs}", flag=flag, value=error.value or "''"))
        return 2
    except Trouble as trouble:
        complain(str(trouble))
        return 2
    return code if isinstance(code, int) else 0


def main() -> None:
    """Carry out the process's command line."""
    code = _without_output(sys.argv[1:]) if sys.stdout is None else 0
    if code == 0:
        use_utf8()
        if unknown_language():
            complain(say("language_unknown", value=unknown_language(), options=", ".join(texts.languages())))
        code = _carried_out(sys.argv[1:])
    sys.exit(code)


def _carried_out(tokens: Sequence[str]) -> int:
    try:
        try:
            code = run(tokens)
        except SystemExit as end:  # rich's end where nobody reads
            raise BrokenPipeError from end
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return 141
    except OSError as error:
        if error.errno not in _OUTPUT_LOST or error.filename is not None:
            raise
        _drop_output()
        complain(str(Trouble("output_lost", why=cause(error))))
        return 2
    return code


def _without_output(tokens: Sequence[str]) -> int:
    """Open a standard output where it is closed, so that no file gets its number; only servers go on without one."""
    sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
    if tokens and tokens[0] in _SERVERS:
        return 0
    complain(str(Trouble("no_output")))
    return 2


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
