"""The rule modules that ship with the game; each module's docstring is its rule sheet."""
