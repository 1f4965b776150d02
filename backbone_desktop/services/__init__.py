"""What a clerk does: one function, one act, one transaction."""
