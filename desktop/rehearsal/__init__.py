"""The embedded endpoint: a real server that speaks the native contract and serves the reader's page."""
