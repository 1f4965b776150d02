"""The county office's desktop: register households and claims offline, print, exchange with the centre."""
