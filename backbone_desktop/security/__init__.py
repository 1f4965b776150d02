"""Keys, passwords and signatures behind the services' ports."""
