"""Decides what Willaq answers. Pure: the same state, event and catalogue always give the same turn.

Rule 1: nothing in this package reads a file, a clock, a random number or the network. What it
needs to know about today is in the event.
Rule 2: what she can say is decided in one table, `respond.RULES`, read from top to bottom. Danger
comes first; a new ability is a new row.
"""
