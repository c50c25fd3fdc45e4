"""What the big screen says of today."""
