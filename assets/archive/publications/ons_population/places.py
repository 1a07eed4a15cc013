"""Which areas of a population table are wanted, and by which names and codes they are printed."""

from assets.archive.reading.layout_tables import layout, pairs
from assets.archive.reading.marks import marks
from assets.archive.reading.names import as_compared
from assets.archive.reading.reference import Reference

HEADERS = "ons_population/headers"


class WantedAreas:
    """Which areas are wanted: countries and regions as printed, forces as sums of their districts."""

    def __init__(self, reference: Reference) -> None:
        areas, data = reference.areas, reference.data
        kinds = dict(zip(areas["area_code"], areas["area_type"], strict=True))
        self.name_of = reference.name_of_area
        self.direct = {code for code, kind in kinds.items() if kind in ("country_group", "country", "region")}
        self.names = {
            name.casefold(): code
            for name, code in zip(areas["name"], areas["area_code"], strict=True)
            if kinds[code] in ("country_group", "country", "region")
        }
        self.names |= {name.casefold(): code for name, code in reference.area_aliases.items() if code in self.direct}
        self.force_of = pairs(data, "ons_population/force_of_district", "district_code", "area_code")
        named = pairs(data, "ons_population/force_of_district", "name", "district_code")
        self.district_named = {as_compared(name): code for name, code in named.items()}
        self.sexes = {
            name.casefold(): sex for name, sex in pairs(data, "ons_population/sexes", "printed", "sex").items()
        }
        self.headers = layout(data, HEADERS)
        self.marks = marks(data)
