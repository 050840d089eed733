"""The debrief: what a run was, for everyone and for each seat, found when it is over.

`opened.py` is the centre: the kinds that lie on the table and in the hands, and the fact that opens them.
"""
