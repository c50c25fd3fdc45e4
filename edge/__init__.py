"""The worker beside the cameras: frames in, alerts with evidence out."""
