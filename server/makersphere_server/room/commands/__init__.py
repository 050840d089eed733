"""Station 5: what becomes of a command, from a seat, a host, a timer or a device."""
