"""Batches, server receipts and feed pages: bytes in, values out."""
