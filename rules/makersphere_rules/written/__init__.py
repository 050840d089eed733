"""Events and states as bytes, and old events in new clothes."""
