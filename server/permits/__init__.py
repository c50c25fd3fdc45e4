"""外摆/市集许可: the register, and what of it each edge must know."""
