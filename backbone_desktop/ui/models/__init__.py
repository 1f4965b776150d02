"""One table model per list, over frozen rows."""
