"""研判: the queue of a monitor, who is looking at which case, and what is left for later."""
