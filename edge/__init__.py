"""The worker beside the cameras: frames in, alerts with evidence out."""

import os

__version__ = "0.1.0"

# ONNX Runtime 1.29 and newer report to their maker from Linux too, unless told so before they are loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
