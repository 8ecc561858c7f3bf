"""Third-party embeds: who provides them, how a pasted address is recognised, what loading one would do."""
