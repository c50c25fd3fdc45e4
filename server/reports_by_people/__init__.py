"""上报: what people saw and told, by a call (12345, 城管热线) or on patrol. Each becomes an alert of its own source."""
