"""The page as readers will see it, beside the editor."""
