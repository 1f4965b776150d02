"""Rosters and reference data from Excel and CSV."""
