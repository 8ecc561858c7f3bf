"""Frozen values and pure rules, in the newsroom's words."""
