"""Build the web client while the package is built."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebClientHook(BuildHookInterface):
    """Placeholder until there is a web client."""
