"""The formulas of the rulebook and the literature, each with its source. Pure functions."""
