"""`makersphere schema`: what goes over the wire, as JSON Schema.

The frames are the contract's. Table and hand of a scenario are inferred from the rules' own entities: which
fields everyone sees, and which the owner sees besides.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

from cyclopts import Parameter

from makersphere_cli.flags import Name

__all__ = ["schema"]


def schema(scenario: Name = "", /, *, asyncapi: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Print the JSON Schema of every frame; with a scenario also that of its table and hand.

    Args:
        scenario: the name of a shipped scenario, or a file.
        asyncapi: print the whole protocol as an AsyncAPI 3.0 document instead.
    """
    from makersphere_protocol.asyncapi import document as asyncapi_document  # noqa: PLC0415  (quick --help)
    from makersphere_protocol.schema import frames  # noqa: PLC0415

    document: dict[str, Any] = asyncapi_document() if asyncapi else frames()
    if scenario and not asyncapi:
        from makersphere_cli.scenarios import load  # noqa: PLC0415
        from makersphere_cli.views_schema import views  # noqa: PLC0415

        document["scenario"] = views(load(scenario))
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0
