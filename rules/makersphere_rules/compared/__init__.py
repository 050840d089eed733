"""Tables beside each other: which figures they are compared by, and which of them lies apart from the others."""
