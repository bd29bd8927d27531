"""Reading other people's files into listings: mappings say what a column is, the services say what is allowed."""

from listings.importing.mapping import Mapping, MappingError, known_mappings, load_mapping
from listings.importing.run import Options, Summary, run_import

__all__ = ["Mapping", "MappingError", "Options", "Summary", "known_mappings", "load_mapping", "run_import"]
