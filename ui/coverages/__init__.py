"""Starting, opening and bringing in pages."""
