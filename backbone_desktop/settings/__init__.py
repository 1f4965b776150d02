"""Where things are kept on this machine and what the office has chosen."""
