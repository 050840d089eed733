"""Single games without a server, and many of them on all cores or a cluster."""
