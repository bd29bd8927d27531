"""Listings in the back offices: a seller's own in the closet admin, everything in the staff admin."""

from listings.admin import catalogue, closet, staff

__all__ = ["catalogue", "closet", "staff"]
