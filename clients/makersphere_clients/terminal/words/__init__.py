"""Sentences of the terminal client: names, descriptions, and what time will do."""
