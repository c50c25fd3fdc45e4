"""What the edges claim: one alert for each episode, with every report of it."""
