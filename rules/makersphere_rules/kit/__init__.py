"""The conformance kit: what every rule module passes, and whether a scenario can be played."""
