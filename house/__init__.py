"""What `run.py` is made of: from a fresh clone to a running game, a passed test, a measured figure.

Standard library only, because it runs before anything is installed. The centre is `verbs`. Never imported
by the game's own packages.
"""
