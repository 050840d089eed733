"""The command `makersphere`: reads settings and wires the other packages together.

Nothing imports it.
"""
