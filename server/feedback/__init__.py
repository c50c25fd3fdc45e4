"""核实结论: verdicts on alerts, and the samples they make for training."""
