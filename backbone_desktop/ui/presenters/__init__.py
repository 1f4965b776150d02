"""What a page shows and does, free of Qt."""
