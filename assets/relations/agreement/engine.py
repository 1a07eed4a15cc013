"""The engine of "these must agree": long tables of figures and terms in DuckDB, evaluated by one query per form.

The steps are SQL beside this file: `figures.sql` (value and half a unit of print), `grid.sql` (where they stand in their printed
table), `targets.sql` (which series a relation asks for), `terms.sql` (which figures stand in which relation), `agreement.sql`
(macros that say what agrees, for any values of the same figures). What must agree is data: `reference.relation` and
`reference.relation_term`.
"""

import math
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from assets.methods.rounding import printed_interval
from assets.tables.querying import query
from assets.tables.records import grouped, records
from assets.words.printed_number import plain_number
from schemas.rows import AnyRow

# The print of a cell is read in SQL; that of a text ("around 107,000", "7%") by the method that knows words.
CELL = r"^-?[0-9]*\.?[0-9]*(?:e-?[0-9]+)?$"
EITHER = re.compile(r"\{(.*\|.*)\}")
LOOKED_AT = (
    "row_id", "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end",
    "period_type", "value", "unit", "obs_status", "printed", "source", "release", "sheet", "cell", "leaves_out",
    "base", "standard_error", "lower", "upper",
)  # fmt: skip
NOT_COMPARED = pa.table(
    {
        "row_id": pa.array([], pa.string()),
        "transcribed": pa.array([], pa.float64()),
        "differs": pa.array([], pa.bool_()),
    }
).to_pandas(types_mapper=pd.ArrowDtype)
# Tables whose title says more than their layout knows, or of whose totals a part is not known, as of `archive.table`.
NO_TITLES = pd.DataFrame(
    columns=["source", "release", "sheet", "series", "title", "says_more", "not_whole"], dtype="string[pyarrow]"
)


class Engine:
    """The figures of every release and the relations that they stand in.

    given: `reference.series`, `.offence`, `.area`, `.relation`, `.relation_term` and `meta.release` by the last part of
    their names, as `compared` what was transcribed too, and as `titled` the tables of `archive.table` that say more;
    figures: `archive.figure`; memory: at most so much, as DuckDB writes it; one that does not suffice raises
    duckdb.OutOfMemoryException.
    """

    def __init__(self, figures: pd.DataFrame, given: Mapping[str, pd.DataFrame], memory: str | None = None) -> None:
        # One thread sums in one order: the same input gives the same content.
        self.connection = duckdb.connect(config={"threads": 1})
        if memory:  # what needs more lies on disk for the while
            spilled = Path(tempfile.gettempdir()) / f"darkfigure-relations-{os.getpid()}"
            self.connection.execute(f"set temp_directory = '{spilled}'; set memory_limit = '{memory}'")
            # Kept from one query to the next, where the system would be asked for each block anew.
            self.connection.execute(f"set block_allocator_memory = '{memory}'")
        figures = _without_marks(figures[list(LOOKED_AT)])
        named = _named(figures["series"].unique().tolist(), given["relation"], given["relation_term"])
        named_figures = {"figure": figures, "text": _in_words(figures), "named": named}
        for name, frame in {"compared": NOT_COMPARED, "titled": NO_TITLES, **given, **named_figures}.items():
            self.connection.register(f"given_{name}", pa.Table.from_pandas(frame, preserve_index=False))
        # A relation is known by a number here that reads as its name: a million terms have one.
        self.connection.execute("create type name as enum (select relation from given_relation order by relation)")
        for name in ("relation", "relation_term", "named"):
            numbered = f"select * replace (relation::name as relation) from temp.given_{name}"
            self.connection.execute(f"create table memory.given_{name} as {numbered}")
            self.connection.unregister(f"given_{name}")
        for step in ("figures", "grid", "targets", "terms", "agreement"):
            self.run(step)
        self.connection.execute("create temp table agreed as from agreement('figure', 'term')")
        self.withhold(())
        self.connection.execute(
            "create temp view in_doubt as select relation, instance from term semi join withheld using (fid)"
        )
        # What exact relations say for the figures in them: an agreement with what is itself in doubt says nothing.
        self.connection.execute("""
            create temp view holding as
            select relation, instance from agreed semi join (from given_relation where exact) using (relation)
            anti join in_doubt using (relation, instance)
            where agrees
        """)
        # A leap is real where something agrees exactly with each of its figures.
        self.connection.execute("""
            create temp view confirmed as
            select relation, instance
            from agreed join given_relation r using (relation) join term using (relation, instance)
            left join (select distinct fid, true as exactly from term semi join holding using (relation, instance)) using (fid)
            where not agrees and r.kind = 'leap'
            group by all having count(exactly) = count(*)
        """)

    def run(self, step: str) -> None:
        """Run one of the SQL files of this room."""
        self.connection.execute(query(__file__, step))

    def withhold(self, figures: Collection[int]) -> None:
        """Keep in the table `withheld` what is in doubt: from here on it neither vouches for other figures nor binds them."""
        self.connection.execute(
            "create or replace temp table withheld as select unnest(?::bigint[]) as fid", [[*figures]]
        )

    def ask(self, query: str) -> Sequence[AnyRow]:
        """Rows of a query. Not by way of a frame: a relation is planned once more when its rows are asked for."""
        connection = self.connection.execute(query)
        names = [name for name, *_ in connection.description]
        return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]

    def answer(self, module: str, name: str, /, **words: object) -> Sequence[AnyRow]:
        """Rows of the query `name.sql` beside a module, with these words in it."""
        return self.ask(query(module, name, **words))

    def frame(self, query: str) -> pd.DataFrame:
        """A query as a frame of Arrow types."""
        frame: pd.DataFrame = self.connection.sql(query).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
        return frame


def sql_numbers(numbers: Iterable[int]) -> str:
    """Numbers as SQL writes them after `in`; of none one that nothing has, so that `not in` holds."""
    return f"({', '.join(map(str, sorted(numbers))) or -1})"


def _named(series: Sequence[str], relations: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    r"""What the terms of a relation name, for each series that it is anchored in: relation, anchor, position, series.

    `\0` and `\1` in a term are the anchor and its first group; `{a|b}` is one series each, `{parts}` and `{classes}` stay.
    """
    rows = []
    terms_of = grouped(records(terms), itemgetter("relation"))
    for relation in records(relations):
        anchors = [*filter(None, map(re.compile(relation["anchor"]).fullmatch, series))]
        for term in terms_of[relation["relation"]]:
            for anchor in anchors:
                named = anchor.expand(term["series"].replace(r"\0", r"\g<0>"))
                either = EITHER.search(named)
                for side in either[1].split("|") if either else [""]:
                    rows.append((relation["relation"], anchor[0], term["position"], EITHER.sub(side, named)))
    return pd.DataFrame(rows, columns=["relation", "anchor", "position", "series"])


def _without_marks(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures as they are printed but for the marks beside them, which say nothing of a rounding."""
    marked = {text: _number(text) or text for text in figures["printed"].unique() if not re.fullmatch(CELL, text)}
    where = figures["printed"].isin([*marked])
    return figures.assign(printed=figures["printed"].mask(where, figures["printed"][where].map(marked)))


def _number(text: str) -> str | None:
    """The number in a print with marks, or that a print of its legs makes: "3 + 1 + 0" is 4."""
    legs = [plain_number(leg) for leg in text.split(" + ")]
    if len(legs) == 1 or not all(leg and leg.lstrip("-").replace(",", "").isdigit() for leg in legs):
        return plain_number(text)
    return str(sum(int(leg.replace(",", "")) for leg in legs if leg))


def _in_words(figures: pd.DataFrame) -> pd.DataFrame:
    """Half the width of what rounds to a figure that is printed in words, by row id."""
    worded = figures[figures["value"].notna() & ~figures["printed"].str.match(CELL)]
    halves = []
    for row in records(worded):
        try:
            interval = printed_interval(row["printed"], row["value"], row["unit"])
            halves.append(float(interval.upper - interval.lower) / 2)
        except ValueError:  # printed in words that say nothing of a rounding
            halves.append(math.inf)
    return pd.DataFrame(
        {
            "row_id": worded["row_id"].reset_index(drop=True),
            "half": pd.Series(halves, dtype=pd.ArrowDtype(pa.float64())),
        }
    )
