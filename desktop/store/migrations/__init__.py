"""How a database of each version becomes one of the next: ordinary modules, so that a frozen app has them too."""
