"""异议: what a party says against an alert, an order or a decision, and what the authority answers."""
