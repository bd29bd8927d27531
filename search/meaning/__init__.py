"""Search by meaning (docs/adr/0018): optional; off, everything goes by words alone.

On where the packages of requirements-meaning.txt are and settings.EMBEDDINGS_MODEL names a folder with a model.
"""

from search.meaning.asking import query_vector
from search.meaning.model import joined, key_of, load, model_name, text_of
from search.meaning.store import forget_unused, known_vector, vectors_of

__all__ = [
    "forget_unused",
    "joined",
    "key_of",
    "known_vector",
    "load",
    "model_name",
    "query_vector",
    "text_of",
    "vectors_of",
]
