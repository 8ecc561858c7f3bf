"""What every test shares."""

from hypothesis import settings

# Nothing is timed in tests: a slow machine is not a fault of the code.
settings.register_profile("tests", deadline=None, max_examples=60)
settings.load_profile("tests")
