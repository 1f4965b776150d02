"""The rules and the wire format that the desktop and the central server share."""
