"""Pieces every pane is made of."""
