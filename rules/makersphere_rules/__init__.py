"""The game itself, pure: states, commands, events, and the three functions over them.

Answers what a command does, what a seat may see and what it may do next. Never reads a clock, a file or a
socket, never draws from a generator of its own, never logs. Imports nothing else of this project.
"""
