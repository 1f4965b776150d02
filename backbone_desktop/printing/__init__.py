"""Papers: frozen data in, PDF bytes out."""
