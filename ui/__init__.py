"""Everything the console shows."""
