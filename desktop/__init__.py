"""Everything the console does, without a screen: no Qt is imported below here."""
