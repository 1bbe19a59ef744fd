"""What Willaq keeps, and for how long. `base` says what any database must do for the others."""
