"""`makersphere schema`: what goes over the wire, as JSON Schema.

The frames are the contract's. Table and hand of a scenario are inferred from the rules' own entities: which
fields everyone sees, and which the owner sees besides; what the server lays over them is the contract's.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Name

__all__ = ["schema"]


def schema(
    scenario: Name = "",
    /,
    *,
    asyncapi: Annotated[bool, Parameter(negative=())] = False,
    views: Annotated[bool, Parameter(negative=())] = False,
    mqtt: Annotated[bool, Parameter(negative=())] = False,
    openapi: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Print the JSON Schema of every frame; with a scenario also that of its table and hand.

    Args:
        scenario: the name of a shipped scenario, or a file.
        asyncapi: print the whole protocol as an AsyncAPI 3.0 document instead.
        views: print the JSON Schema of table and hand instead, as all rule modules together may fill them.
        mqtt: print topics and payloads on an MQTT broker as an AsyncAPI 3.0 document instead.
        openapi: print the requests by which other programs open rooms and classes as an OpenAPI 3.1 document instead.
    """
    from makersphere_cli.scenarios.views_schema import every_view  # noqa: PLC0415  (quick --help)
    from makersphere_cli.scenarios.views_schema import views as views_of  # noqa: PLC0415
    from makersphere_protocol.asyncapi import document as asyncapi_document  # noqa: PLC0415
    from makersphere_protocol.mqtt_asyncapi import document as mqtt_document  # noqa: PLC0415
    from makersphere_protocol.openapi import document as openapi_document  # noqa: PLC0415
    from makersphere_protocol.schema import frames  # noqa: PLC0415
    from makersphere_rules import shipped  # noqa: PLC0415

    if views:
        document = every_view(shipped.modules().values())
    elif mqtt:
        document = mqtt_document()
    elif openapi:
        document = openapi_document()
    elif asyncapi:
        document = asyncapi_document()
    else:
        document = frames()
        if scenario:
            from makersphere_cli.scenarios.lookup import load  # noqa: PLC0415

            document["scenario"] = views_of(load(scenario))
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0
