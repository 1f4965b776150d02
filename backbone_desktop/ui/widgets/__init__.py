"""Fields and lists that every page uses."""
