"""What waits to be sent, what was refused, and what endpoints answered."""
