"""What stands on screen: widgets only, built in code."""
