"""The pages of social: the thread of a listing, and likes."""
