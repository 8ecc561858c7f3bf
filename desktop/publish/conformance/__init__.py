"""Whether somebody's endpoint keeps the live page contract: one rule after the other, tried over the wire."""
