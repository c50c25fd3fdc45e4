"""The command `shouwei`: the one room that may put edge and server together."""
