"""Who may come, where rooms are found and founded, and when they are let go."""
