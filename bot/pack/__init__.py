"""Everything Willaq can say as two files to carry where there is no signal: a page and a paper.

Rule 1: the words are the chat's own, with the same rules about what is too old to be said.
Rule 2: the same content on the same day gives the same bytes; no clock, no chance, no network.
Rule 3: nothing about a file says what it is for, as long as it is not opened.
"""
