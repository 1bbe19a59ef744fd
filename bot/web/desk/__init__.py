"""The pages of /console: one module for each thing they are for. bot/web/console.py lists them."""
