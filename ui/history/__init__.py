"""The kept versions of an entry."""
