"""Load, faults and an independent checker, against a server in a process of its own.

Clients play over real sockets and keep journals; things go wrong around them; `checker.py`, which imports nothing
of the game, then compares every journal with the store. `python3 run.py faults` runs all of it, the tests a short
part of each. What is tried and how to read the verdict: docs/faults.md.
"""
