"""The pages of listings: browse (for everybody), closet, sell and its photos."""
