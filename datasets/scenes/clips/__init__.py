"""The bundled clips: what is rendered of each (plates), who moves through (actors), what is true (truth)."""
