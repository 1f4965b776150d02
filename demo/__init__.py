"""The main job, end to end, with a fictitious county: what `python3 dev.py demo` shows."""
