"""`python -m bot` is the `willaq` command."""

import sys

from bot.cli import main

sys.exit(main())
