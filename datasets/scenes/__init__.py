"""Procedural shop streets and construction sites, path-traced with exact masks, boxes and ground homography."""
