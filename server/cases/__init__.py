"""案件: states, steps, deadlines, recommendations, decisions."""
