"""The index of listings in Elasticsearch: its analysis, its names, writing to it, building it, checking it."""
