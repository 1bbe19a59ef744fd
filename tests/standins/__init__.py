"""Stand-ins for the platforms: strict, independent of bot/, over real HTTP on loopback."""
