"""The district's memory: alerts in, cases handled, decisions recommended to people who decide."""
