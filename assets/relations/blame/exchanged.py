"""Two areas, offences, measures or sexes under each other's name: what fails of each, or what others print, fits the other."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import RENAMED, SWAP, DoubtedTogether
from assets.relations.blame.instead import NEARER, Nearer, fits
from assets.relations.blame.lines import LEAST
from schemas.rows import AnyRow

# Of the sums of either that fail, such a share must say so: what is left over of a force may stand under its name too.
SHARE = 0.9
# What names a figure of a sum, what names it beside that, and which figures go with the name.
SUMMED = (
    ("area_code", "f.series", "split_part(area_code, '-', 1)"),
    ("series", "f.area_code, f.sex, f.age, f.characteristic, f.label", "series"),
)
# The counts of two areas in so many series together are nearer to each other's in another release, by such a part. Of 1,540 pairs
# in each of 20 pairs of releases of 2018 to 2024 as they were released none is nearer than 0.92. Fewer must be much nearer.
SERIES, OTHERWISE = 10, 0.8
# So are those of two offences in so many areas, in periods that end within a year: of 4,838 pairs of the Home Office as they were
# released none is nearer than 1.11, of 3,036 of ONS by force and partnership none than 1.56. In six years stalking and burglary
# do change places, in as many numbers.
FORCES = 30


def exchanged_names(engine: Engine, failing: Collection[int]) -> Iterator[DoubtedTogether]:
    """Pairs of areas of one release whose parts make the other much better, in the same offences and periods; or of offences."""
    engine.connection.execute(f"""
        create or replace temp macro off(x, low, high) as greatest(low - x, x - high, 0);
        create or replace temp table whole as
        select f.* from failing f join given_relation r using (relation)
        where f.key in {sql_numbers(failing)} and r.kind = 'sum' and r.form = 'add'
    """)
    words = {"nearer": NEARER, "least": LEAST, "share": SHARE}
    for column, beside, too in SUMMED:
        rows = engine.answer(__file__, "exchanged_names", name=f"f.{column}", beside=beside, **words)
        for pair in _best(engine, rows, column):
            names = f"edition = '{pair['edition']}' and {too} in ('{pair['one']}', '{pair['other']}') and x is not null"
            figures = engine.ask(f"select fid from figure where {names} order by fid")
            yield DoubtedTogether(
                SWAP,
                f"{pair['mended']} sums of {' and '.join(pair['wholes'])} fail and fit the other much better: all of"
                f" {pair['one']} and {pair['other']} is withheld.",
                tuple(figure["fid"] for figure in figures),
            )


def _best(engine: Engine, rows: Sequence[AnyRow], column: str) -> Iterator[AnyRow]:
    """Of two names of wholes that fit the other's parts these, and the names of the parts; but none that would break something in
    each other's place where other names for the same wholes would not."""
    pairs: list[AnyRow] = [{**row, "wholes": (row["one"], row["other"])} for row in rows]
    pairs += [
        {**pair, "one": pair["part_of_one"], "other": pair["part_of_other"]}
        for pair in pairs
        if pair["part_of_one"] and pair["part_of_other"]
    ]
    fit = _exchanged(engine, pairs, column)
    breaking = [pair for at, pair in enumerate(pairs) if fit.get(at, Nearer()).broken]
    explained = {(pair["edition"], whole) for pair in pairs if pair not in breaking for whole in pair["wholes"]}
    for pair in pairs:
        if pair not in breaking or explained.isdisjoint((pair["edition"], whole) for whole in pair["wholes"]):
            yield pair


# What two releases print of a thing under the name of each row beside it: areas by their offences, whatever the year; offences
# by area, of the year that one of the two compares with.
AREAS = """
    with count as (
        select edition, area_code, hash(series, period_type) as series, arg_max(x, period_end) as x
        from figure where unit = 'offences' and compared is null and not breakdown and x > 0
        group by all
    )
    select o.edition, a.edition as against, o.area_code as name, series as beside, ln(o.x) as own, ln(a.x) as there
    from count o join count a using (area_code, series) where o.edition <> a.edition
"""
# Offences by area, in the last period of each, where no change may say what the year before was; and in the period of which
# another table makes them, as four quarters make a year.
OFFENCES_BY_AREA = f"""
    with count as (
        select
            edition, hash(area_code, period_type) as beside, series, arg_max(x, period_end) as x, max(period_end) as last
        from figure
        where regexp_matches(series, '^prc[.](ho_pfa|pfa|csp)[.]') and compared is null and not breakdown and x >= {SERIES}
        group by all
    )
    select o.edition, a.edition as against, series as name, beside, ln(o.x) as own, ln(a.x) as there
    from count o join count a using (series, beside) where o.edition <> a.edition and abs(o.last - a.last) <= 366
    union all
    select edition, relation::varchar, series, hash(area_code, period_end), ln(x), ln((low + high) / 2)
    from feasible('figure', 'twins') w join figure f using (fid)
    where w.fid = w.instance and series like 'prc.ho_pfa.%' and x >= {SERIES} and low > 0 and high < 'inf'::double
"""
COMPARED = """
    with compared as (
        select
            n.edition, o.edition as against, n.series as name, n.area_code as beside, n.x, 1 + c.x / 100 as change,
            o.x as before
        from figure c
        join figure n on n.slot = c.now_slot and n.series = replace(c.series, '_change.', '.')
        join figure o on o.quantity_slot = c.base_quantity_slot and o.series = n.series and o.edition <> n.edition
        where c.unit = 'percent' and c.x > -100 and n.x > 0 and o.x > 0
    )
"""
# The changes changed places with the counts, or they did not.
OFFENCES = (
    f"""
    {COMPARED}
    select edition, against, name, beside, ln(x / change) as own, ln(before) as there from compared
    union all select against, edition, name, beside, ln(before), ln(x / change) from compared
    """,
    f"{COMPARED} select edition, against, name, beside, ln(x) as own, ln(before * change) as there from compared",
)
# Percentages of the survey of two releases, of the same people but for what names them: of the same period, or else within two
# years, or in the rows of a long table, where no order of columns tells.
SURVEY = """
    with percent as (
        select edition, hash(series, sex, age, area_code, characteristic, label) as quantity, {name} as name,
            hash(age, area_code, {beside}) as beside, period_end, ln(x) as x
        from figure
        where regexp_matches(series, '^csew[.].*(prevalence|reported_incidents)$') and compared is null and x > 0 and {of}
    )
    select o.edition, a.edition as against, o.name, hash(o.beside, {periods}) as beside, o.x as own, a.x as there
    from percent o join percent a using (quantity)
    where o.edition <> a.edition and abs(a.period_end - o.period_end) <= {apart}
    -- Where the other one prints the same period its other periods say nothing.
    qualify a.period_end = o.period_end
        or min(abs(a.period_end - o.period_end)) over (partition by o.edition, a.edition, quantity, o.period_end) > 0
"""
TWO_YEARS = {"periods": "o.period_end, a.period_end", "apart": 731, "of": "not breakdown"}
SAME_PERIOD = {"periods": "o.period_end", "apart": 0, "of": "breakdown"}
IN_ROWS = {"periods": "null", "apart": 0, "of": "fid in (select fid from grid where single)"}
LABEL_OF = "concat(characteristic, ': ', label)"
# And what tables print of one breakdown under two labels.
LABELS = f"""
    {SURVEY.format(name=LABEL_OF, beside="series, sex, characteristic", **SAME_PERIOD)}
    union all
    select f.edition, 'other tables', concat(f.characteristic, ': ', f.label),
        hash(f.series, f.sex, f.age, f.area_code, f.characteristic, f.period_end), ln(f.x), ln(o.x)
    from agreed a join term t using (relation, instance) join figure f on f.fid = a.instance join figure o on o.fid = t.fid
    where f.breakdown and f.series <> o.series and f.x > 0 and o.x > 0 and relation in (
        select relation from given_relation_term where lift like 'as %'
    )
"""


def renamed(engine: Engine) -> Iterator[DoubtedTogether]:
    """Pairs of areas, of offences, or of measures or sexes of the survey, whose figures in one release are, in logarithms, nearer
    to what more of the other releases print of the other one.

    Of two releases either may be wrong: the one that fits everything else with the two exchanged, as quarters fit the years that
    they make; else the one in which more of their sums and rates fail, or both.
    """
    enough = f"if(counts >= {SERIES}, {OTHERWISE}, 1 / {NEARER})"
    yield from _renamed(engine, AREAS, "split_part(f.area_code, '-', 1)", "true", enough, "area_code")
    engine.connection.execute(
        "create or replace temp view twins as from agreed semi join (from given_relation where kind = 'twin') using (relation)"
    )
    enough_areas = f"case when counts >= {FORCES} then {OTHERWISE} when counts >= {SERIES} then 1 / {NEARER} else 0 end"
    yield from _renamed(engine, OFFENCES_BY_AREA, "f.series", "true", enough_areas, "series")
    # Rates and changes may stand under the right name; those that agree with the counts do not.
    agree = """f.series in (one, other) or (f.edition, f.series) in (
        select f.edition, f.series
        from figure f join term using (fid) join agreed using (relation, instance) join given_relation r using (relation)
        where r.kind in ('rate', 'change') group by all having count(*) filter (agrees) > count(*) filter (not agrees)
    )"""
    name, exchanged = r"regexp_replace(f.series, '_(change|rate)\.', '.')", set[int]()
    for printed in OFFENCES:
        for finding in _renamed(engine, printed, name, agree, f"1 / {NEARER}"):
            if exchanged.isdisjoint(finding.figures):
                exchanged.update(finding.figures)
                yield finding
    percentages = {
        "f.series": SURVEY.format(name="series", beside="sex", **TWO_YEARS),
        "f.about": SURVEY.format(name="sex", beside="series", **TWO_YEARS),
        LABEL_OF: LABELS,
        "f.period_end::varchar": SURVEY.format(
            name="period_end::varchar", beside="series, sex, characteristic, label", **IN_ROWS
        ),
    }
    for name, printed in percentages.items():
        yield from _renamed(engine, printed, name, "f.series like 'csew.%'", f"1 / {NEARER}")


def _renamed(
    engine: Engine, printed: str, name: str, too: str, enough: str, column: str = ""
) -> Iterator[DoubtedTogether]:
    """name: what a figure f is of, as `printed` says it; too: which figures of it go; enough: so much nearer; column: that of the
    name in the table of figures, where everything else is asked too"""
    # Most frames have no such pair: the rest is not even planned then.
    [(pairs,)] = engine.connection.execute(f"""
        create or replace temp table printed as {printed};
        create or replace temp table exchanged as
        with
        pair as (
            select a.edition, a.against, a.name as one, b.name as other, count(*) as counts,
                -- Each of the two: with a name that has another's figures any third between them is nearer, if taken together.
                greatest(
                    sum(abs(a.own - b.there)) / sum(abs(a.own - a.there)),
                    sum(abs(b.own - a.there)) / sum(abs(b.own - b.there))
                ) as away
            from printed a join printed b using (edition, against, beside)
            where a.name < b.name
            group by a.edition, a.against, one, other
            having counts >= {LEAST}
        ),
        -- What is so of one release beside another is so of that one too, whatever it prints besides, if nothing else is asked.
        judged as (
            select *, away < {enough} or {not column} and bool_or(away < {enough}) over (
                    partition by least(edition, against), greatest(edition, against), one, other
                ) as nearer
            from pair
        )
        select *, nearer or {bool(column)} and away < 1 as asked from judged
        qualify bool_or(asked) over (partition by edition, one, other)
    """).fetchall()
    if not pairs:
        return
    rows = engine.answer(__file__, "renamed", worth_asking=bool(column), name=name, too=too)
    for row in _to_blame(rows, _exchanged(engine, rows, column) if column else {}):
        yield DoubtedTogether(
            RENAMED,
            f"Another release prints the {row['counts']} figures of {row['one']} and {row['other']} the other way round: two"
            " names may have changed places, there or here; all of both is withheld.",
            tuple(row["figures"]),
        )


def _to_blame(rows: Sequence[AnyRow], fit: Mapping[int, Nearer]) -> Iterator[AnyRow]:
    """Of the releases that print two names the other way round those that what else is printed tells of; where it tells of none,
    those to blame of which it does not say that they are right."""
    told = {(row["one"], row["other"]) for at, row in enumerate(rows) if fit.get(at, Nearer()).told}
    for at, row in enumerate(rows):
        says = fit.get(at, Nearer())
        if says.told or (row["blamed"] and not says.denied and (row["one"], row["other"]) not in told):
            yield row


def _exchanged(engine: Engine, rows: Sequence[AnyRow], column: str) -> Mapping[int, Nearer]:
    """Number of a row -> do its two names fit everything else better in each other's place."""
    if not rows:
        return {}
    # What names each of its figures beside the area or the offence.
    other = "area_code" if column == "series" else "series"
    pairs = ", ".join(f"({at}, '{row['edition']}', '{row['one']}', '{row['other']}')" for at, row in enumerate(rows))
    return fits(
        engine,
        f"""
        with of_pair as (
            select
                way, fid, {column} as name, x, half,
                hash(way, {other}, sex, age, characteristic, label, compared, period_start, period_end) as beside
            from figure f
            join (values {pairs}) pair (way, edition, one, other) on f.edition = pair.edition and {column} in (one, other)
            where x is not null
        )
        select way, a.fid, b.x, b.half from of_pair a join of_pair b using (way, beside) where a.name <> b.name
        """,
    )
