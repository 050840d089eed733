"""Scenarios by name or file, as commented files and as pages."""
