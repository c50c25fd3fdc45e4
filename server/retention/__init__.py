"""How long evidence is kept, what must stay longer, and what is lawfully gone."""
