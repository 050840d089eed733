"""What hosts may do: each command stands in one place, by subject, and all of them in `table.py`."""
