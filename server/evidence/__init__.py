"""Files named by their SHA-256: taken in whole, sealed where they show people."""
