"""The settings: a window with a page for each thing a desk can choose."""
