"""The worker beside the cameras: frames in, alerts with evidence out."""

__version__ = "0.1.0"
