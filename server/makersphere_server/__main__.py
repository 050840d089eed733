"""`python -m makersphere_server`: the server alone, with its settings as flags."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

from cyclopts import App, Parameter

from makersphere_server import logs
from makersphere_server.app import CannotStart, serve
from makersphere_server.settings import Settings

app = App(name="makersphere_server", help="The server alone.")


@app.default
def main(settings: Annotated[Settings, Parameter(name="*")] = Settings()) -> int:  # noqa: B008  (frozen)
    """Serve until it is stopped."""
    logs.set_up(settings.log_level, as_json=settings.log_json)
    try:
        asyncio.run(serve(settings))
    except CannotStart as error:
        sys.stderr.write(f"makersphere: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(app())
