"""The tests of the console; a package, because another one in the environment may have their name."""
