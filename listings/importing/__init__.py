"""CSV import of listings: mappings say what a column is, services validate."""

from listings.importing.mapping import Mapping, MappingError, known_mappings, load_mapping
from listings.importing.run import Options, Summary, run_import

__all__ = ["Mapping", "MappingError", "Options", "Summary", "known_mappings", "load_mapping", "run_import"]
