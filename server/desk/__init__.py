"""案头: what waits for a person, by the parts that they have; what they may not decide is shown with the reason."""
