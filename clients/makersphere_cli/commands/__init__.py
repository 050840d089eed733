"""The verbs of the command `makersphere`, one file a verb."""
