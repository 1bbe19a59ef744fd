"""Make a voice somebody recorded fit for every telephone: small, as loud as others, in one format.

`convert.py` is what the rest of Willaq calls; `work.py` is the process that opens the file.
"""
