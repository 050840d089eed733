"""The authority: rooms, their durable logs, and the sockets that people and bots come in by.

Answers every command once, tells nothing before it is stored, and drops secrets in one place. Never decides a
rule: that is `makersphere_rules`.
"""
