"""The list of entries, newest first, each with what readers have of it."""
