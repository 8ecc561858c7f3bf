"""The entry editor: prose runs and cards over immutable blocks."""
