"""Training, export, evaluation and the registry of the models that the edge runs."""
