"""Macros of the file that accept what people type: a threat, a part of one, a force, by any name or spelling that is known."""

from dataclasses import dataclass

from assets.answers.names import CALLED, named, sql


@dataclass(frozen=True)
class Macro:
    """A macro: name and arguments, query, what it answers, the tables it needs, and whether it gives a value or a table."""

    call: str
    query: str
    meaning: str
    needs: tuple[str, ...]
    scalar: bool = False

    @property
    def name(self) -> str:
        """The name without its arguments."""
        return self.call.split("(")[0]


NAMES = ("meta.name",)
MACROS = (
    *(Macro(call, query, meaning, (), True) for call, query, meaning in CALLED),
    Macro(
        "threat_named(typed)", named("threat"), "The key of a threat by any name: threat_named('stalking')", NAMES, True
    ),
    Macro(
        "topic_named(typed)",
        named("threat", "coalesce(topic, '')"),
        "The part of a threat that a name means, empty for all of it: topic_named('stalking')",
        NAMES,
        True,
    ),
    Macro(
        "part_named(typed)",
        named("threat", "coalesce(part, '')"),
        "The offence that a name means, empty for all of the threat: part_named('8U')",
        NAMES,
        True,
    ),
    Macro(
        "threat_said(typed)",
        "(SELECT max(said) FROM meta.name WHERE kind = 'threat' AND code = threat_named(typed))",
        "The name of a threat as the answers say it, by any name: threat_said('stalking')",
        NAMES,
        True,
    ),
    Macro("area_named(typed)", named("area"), "The code of an area: area_named('Avon & Somerset')", NAMES, True),
    Macro(
        "place_named(typed)",
        named("area", "coalesce(part, '')"),
        "The place within a force that a name means, empty for a force, region or nation: place_named('Bristol')",
        NAMES,
        True,
    ),
    Macro(
        "answer_for(threat_name := NULL, year_ended := NULL)",
        sql("answer_for"),
        "The newest answers on a threat, or those of a year: select * from answer_for('stalking', 2025)",
        ("main.answer", "reconciled.answer", "reference.pairing", "reference.series"),
    ),
    Macro(
        "parts_for(threat_name := NULL, year_ended := NULL)",
        sql("parts_for"),
        "What the recorded side of a threat, or one offence of it, is made of: select * from parts_for('stalking', '2025-03')",
        ("main.breakdown",),
    ),
    Macro(
        "change_for(threat_name := NULL)",
        sql("change_for"),
        "What can be said of the change of a threat, and what cannot: select * from change_for('stalking')",
        ("main.change", "reference.pairing"),
    ),
    Macro(
        "force_for(force_name := NULL, threat_name := NULL, year_ended := NULL)",
        sql("force_for"),
        "What a force recorded, newest year of each threat: select * from force_for('Avon & Somerset', 'stalking')",
        ("main.force", "reference.area"),
    ),
    Macro(
        "region_for(region_name := NULL, threat_name := NULL, year_ended := NULL)",
        sql("region_for"),
        "What a nation or region recorded as a whole: select * from region_for('Wales', 'stalking')",
        ("main.region", "reference.area"),
    ),
    Macro(
        "ask(threat_name, force_name := NULL, year_ended := NULL)",
        sql("ask"),
        "How far apart, comparable, from where, changed, my force: select * from ask('stalking', 'Avon & Somerset')",
        (
            "main.answer",
            "main.breakdown",
            "main.change",
            "main.force",
            "main.region",
            "reconciled.answer",
            "reconciled.gap",
            "reconciled.revision",
            "meta.release",
        ),
    ),
)
