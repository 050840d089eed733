"""Logs of games that were played under earlier versions. They are kept for ever, and replay for ever."""
