"""Changes of a scenario that a host takes by name, instead of writing a scenario file."""
