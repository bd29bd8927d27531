"""The pages of notices: the news, and what of them comes by mail."""
