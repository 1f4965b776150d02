"""A county's register at full size: search, lists, rosters, duplicates and the morning's start on 1,000,000 people."""
