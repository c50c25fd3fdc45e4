"""What the law recommends: facts in, one rule and its trace out. Pure; a person decides."""
