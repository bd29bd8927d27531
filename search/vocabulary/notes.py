"""How many notes of searches wait, and for how long their counts are kept."""

from typing import Final

NOTES_BATCH: Final = 500
NOTES_MAX: Final = 100_000  # past it the oldest are lost
NOTE_SECONDS: Final = 0.5  # how long a page may wait for Valkey
KEPT_SECONDS: Final = 3 * 24 * 3600
