"""Looking back: running old answers again, and trying a draft of the list on past cases."""
