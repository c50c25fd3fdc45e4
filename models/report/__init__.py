"""One HTML file with everything in it: figures as tables and drawings, the worst mistakes as pictures."""
