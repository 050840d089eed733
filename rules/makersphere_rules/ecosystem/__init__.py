"""The makers, investors, operators and ventures of the game, and the formulas that its rule modules share.

Entities and pure functions over a state; no commands and no phases, those are the modules'.
"""
