"""A day's receipts beside a bare reportlab canvas that draws the same. Children import this: it stays empty."""
