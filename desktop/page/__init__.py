"""The reader's page, and the house profile that words it."""
