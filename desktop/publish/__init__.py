"""Publishing: from an outbox row to exactly one change at the endpoint."""
