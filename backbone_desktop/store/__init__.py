"""The encrypted local store behind the services' ports."""
