"""The adapter for WordPress: its REST interface, entered with application passwords."""
