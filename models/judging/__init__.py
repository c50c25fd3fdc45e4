"""Judging by episode, by picture and on real sets: the edge's own code looks, these modules count."""
