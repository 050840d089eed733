"""What a room knows while it is open: its game, its seats, its inbox, its clock. Tells nobody anything."""
