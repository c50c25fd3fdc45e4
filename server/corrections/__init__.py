"""改正任务: decisions that rested on what has since changed, for a person to look at. Nothing changes by itself."""
