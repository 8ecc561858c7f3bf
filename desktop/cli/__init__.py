"""The commands of `newsroom` that need no window."""
