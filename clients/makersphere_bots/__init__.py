"""Policies that play a seat: `choose(view, legal, rng)`.

A policy gets what a person at that seat gets, and no more. Never does I/O and never reads a clock. Imports
nothing else of this project. The centre is `policy`; `catalogue` knows the policies by name.
"""
