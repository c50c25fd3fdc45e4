"""From pixels to numbers: pure, arrays in and values out. Training and serving share this preprocessing."""
