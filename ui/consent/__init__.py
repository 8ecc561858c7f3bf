"""What a reader's browser asks for, before and after consent and without JavaScript."""
