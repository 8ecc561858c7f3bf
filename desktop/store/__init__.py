"""Everything the desk keeps: one SQLite file, media by content hash, backups. Only frozen values leave it."""
