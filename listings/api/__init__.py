"""Listings, closets, categories and brands over REST."""
