"""What both packages ship: page templates, house profiles, icons, the provider table, the sample coverage."""
