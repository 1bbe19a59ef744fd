"""Willaq: women's-rights information where she already writes, in her language."""
