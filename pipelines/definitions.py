"""The code location that Dagster loads."""

from pipelines.composition import definitions
from pipelines.history import write_quickly
from pipelines.settings import settings

write_quickly()
defs = definitions(settings())
