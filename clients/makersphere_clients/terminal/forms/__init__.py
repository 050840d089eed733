"""A command's form in the terminal: its fields, the questions before it, and what it would change."""
