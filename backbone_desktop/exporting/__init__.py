"""Lists as .xlsx files, for those who work on with them elsewhere."""
