"""What is seen of a game: the table, the hands, and what a seat can work out.

Secrets are dropped in `views.py` alone.
"""
