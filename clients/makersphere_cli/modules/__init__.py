"""Rule modules of other people: found, looked over, tried, begun."""
