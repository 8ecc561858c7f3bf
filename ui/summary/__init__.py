"""The bullets at the top of the page."""
