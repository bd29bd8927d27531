"""Answers searches from MongoDB alone: where no Elasticsearch is configured, and while it is away."""

from search.engines.mongo.engine import MongoEngine

__all__ = ["MongoEngine"]
