"""The contract on the wire: messages, their codec, refusals, and the sentences shown to people.

Answers what bytes mean and which bytes a message becomes. Never opens a connection, and knows no rule of the
game. Imports nothing else of this project.
"""
