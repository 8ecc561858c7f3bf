"""The proof: a sealed browser in a process of its own, a rehearsed internet around it, and what it saw."""
