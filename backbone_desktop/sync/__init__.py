"""The link to the central server behind the services' ports."""
