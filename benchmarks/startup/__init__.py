"""How long a clerk waits in the morning, beside a bare PySide6 window. Both children import this: it stays empty."""
