"""The live page: plain files, no build step, nothing from outside."""
