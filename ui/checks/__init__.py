"""What to fix in an entry before it is published."""
