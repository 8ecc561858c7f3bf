"""What blocks or warns before publishing."""
