"""Columns and rows of a table of which so much does not agree that all of it is in doubt: another period, unit or label."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.cover import Spans, mended_by_one_value

# A line is in doubt as a whole from so many failures on that no figure explains together, and from such a share of its figures.
LEAST, SHARE = 3, 0.15
TWO = 2  # are enough where nothing else of a line stands against other lines
MORE = 2  # so many times as many must say so
RUN, RUNS = 10, "run of rows"


@dataclass(frozen=True)
class SheetLine:
    """A column or row of a table: all its figures, and how many failures of it have no figure in common."""

    way: str
    failures: int
    figures: tuple[int, ...]


def worst_lines(engine: Engine, failing: Mapping[int, Collection[int]], spans: Spans) -> list[SheetLine]:
    """The column or row that explains most of the failing instances, by the share of its own that fail, with all ties; none
    where figures explain them as well.

    failing: instance -> its figures. Only instances that meet a column in one figure alone speak against it. In a row figures
    stand beside what they make: those that meet it in several figures, and others too, speak against it. Those that share a
    figure speak against that figure, if one value of it would mend all of them. Half of the rows of another release are half
    of every column, and all of each row: so the share decides. A line of which another release prints as many figures alike as
    fail, or most, waits until no other line explains anything. Of several lines that explain as much, one that agrees exactly
    with others elsewhere is not withheld where another does not.
    """
    of = _lines_of(engine, {fid for figures in failing.values() for fid in figures})
    meeting: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for key, figures in failing.items():
        on_line: dict[str, list[int]] = defaultdict(list)
        for fid in figures:
            for line in of.get(fid, ()):
                on_line[line].append(fid)
        for line, fids in on_line.items():
            if len(fids) == 1 or (len(fids) < len(figures) and line.startswith("row")) or line.startswith(RUNS):
                meeting[line][fids[0]].append(key)
    # A line of another place explains of each of its figures what one other value of it would mend.
    met = {
        line: [key for fid, keys in by_figure.items() for key in mended_by_one_value(spans, fid, keys)]
        for line, by_figure in meeting.items()
    }
    causes = _causes(failing, spans)
    apart = {line: _apart([causes[key] for key in keys]) for line, keys in met.items() if len(keys) >= TWO}
    sizes = _figures_of(engine, [line for line, count in apart.items() if count >= TWO])
    telling = _that_tell(engine, sizes)
    fitting = {
        line: (count, len(met[line]))
        for line in sizes
        if (count := apart[line]) >= (SHARE * telling[line] if count >= LEAST else telling[line])
    }
    fitting = _not_vouched_for(engine, fitting, sizes) or fitting
    alike = _alike_elsewhere(engine, fitting)
    fitting = {
        line: count for line, count in fitting.items() if not waits(alike.get(line, (0, 0)), count[0])
    } or fitting
    exact = exact_elsewhere(engine, {line: sizes[line] for line in fitting}, {}, in_several=True)
    share = {line: max(failed, 1) / max(agreeing + failed, 1) for line, (agreeing, failed) in exact.items()}
    weight = {line: (count * share[line], also) for line, (count, also) in fitting.items()}
    most = max(weight.values(), default=None)
    tied = [line for line in sorted(fitting) if weight[line] == most]
    # Two lines that changed places still make what they are both part of.
    beside = _next_to_each(engine, {line: sizes[line] for line in tied if len(tied) > 1})
    hold = exact_elsewhere(engine, {line: sizes[line] for line in beside}, beside)
    # Where only another release says that one is wrong, what holds inside a release says nothing of which of them it is.
    one_release = len({line.split("|")[1] for line in tied}) == 1
    accused = ([line for line in tied if hold[line][0] < LEAST] if one_release and hold else []) or tied
    accused += _with_failures_of_their_own(accused, fitting, weight, sizes, failing)
    return [SheetLine(line.split("|")[0], apart[line], tuple(sizes[line])) for line in accused]


def _with_failures_of_their_own(
    accused: Collection[str],
    fitting: Mapping[str, tuple[int, int]],
    weight: Mapping[str, tuple[float, int]],
    sizes: Mapping[str, Collection[int]],
    failing: Mapping[int, Collection[int]],
) -> list[str]:
    """Lines that explain as many failures apart as the accused, and stand in others that those do not explain: the heaviest."""
    explained = {fid for line in accused for fid in sizes[line]}
    unexplained = {fid for figures in failing.values() if explained.isdisjoint(figures) for fid in figures}
    most = max((fitting[line][0] for line in accused), default=0)
    alike = [
        line
        for line, (count, _) in sorted(fitting.items())
        if count == most and line not in accused and not unexplained.isdisjoint(sizes[line])
    ]
    heaviest = max((weight[line] for line in alike), default=None)
    return [line for line in alike if weight[line] == heaviest]


def _not_vouched_for(
    engine: Engine, fitting: Mapping[str, tuple[int, int]], sizes: Mapping[str, Collection[int]]
) -> dict[str, tuple[int, int]]:
    """Without lines that agree exactly with others more than twice as often as they fail to: one of the others is wrong. With
    what stands beside it a line may agree because they changed places; that it fails with it counts."""
    lines = {line: sizes[line] for line in fitting}
    beside = _next_to_each(engine, lines)
    holds, fails = exact_elsewhere(engine, lines, beside), exact_elsewhere(engine, lines, {})
    failed = {line: count for line, (_, count) in fails.items()}
    return {line: fitting[line] for line in lines if failed[line] < LEAST or holds[line][0] <= MORE * failed[line]}


def _causes(failing: Mapping[int, Collection[int]], spans: Spans) -> dict[int, set[int]]:
    """Failing instance -> those of its figures of which one value would mend all that fails of them."""
    of: dict[int, list[int]] = defaultdict(list)
    for key, figures in failing.items():
        for fid in figures:
            of[fid].append(key)
    able = {fid for fid, keys in of.items() if len(mended_by_one_value(spans, fid, keys)) == len(keys)}
    return {key: able.intersection(figures) for key, figures in failing.items()}


def _apart(sets: Collection[Collection[int]]) -> int:
    """How many of some sets share no figure with each other; the small ones first."""
    met, count = set[int](), 0
    for figures in sorted(sets, key=len):
        if met.isdisjoint(figures):
            met |= set(figures)
            count += 1
    return count


def set_out_lines(engine: Engine) -> None:
    """The table `line`: a figure, and the name of a column, row or run of rows that it stands on. In a long table a row is one
    figure; there a run of rows is a line, and each row is in two of them."""
    engine.connection.execute(f"""
        create temp table named_line as
        select fid, unnest([concat_ws('|', 'column', edition, stem, sheet, c)] || case
            when r is null then []
            when long then [concat_ws('|', '{RUNS}', edition, stem, sheet, r // {RUN} + next) for next in [0, 1]]
            else [concat_ws('|', 'row', edition, stem, sheet, r)]
        end) as line
        from grid where x is not null;
        -- A line is known by a number here that reads as its name: it is looked for again and again.
        create type line_name as enum (select distinct line from named_line order by line);
        create temp table line as select fid, line::line_name as line from named_line;
        drop table named_line;
    """)


def _lines_of(engine: Engine, figures: Collection[int]) -> dict[int, list[str]]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for row in engine.ask(f"from line where fid in {sql_numbers(figures)}"):
        reasons[row["fid"]].append(row["line"])
    return reasons


def _figures_of(engine: Engine, lines: list[str]) -> dict[str, list[int]]:
    if not lines:
        return {}
    _want(engine, lines)
    rows = engine.ask(
        "select line, list(fid order by fid) as figures from line semi join wanted_line using (line) group by line"
    )
    return {row["line"]: list(row["figures"]) for row in rows}


def _that_tell(engine: Engine, lines: Collection[str]) -> dict[str, int]:
    """How many figures of each line stand in an instance in which it has no other, and nothing is withheld: the rest says nothing
    of the whole line."""
    _want(engine, lines)
    rows = engine.ask(f"""
        with met as (
            select line, unnest(list(fid)) as fid
            from line semi join wanted_line using (line)
            join term using (fid) semi join (from given_relation where blames) using (relation)
            anti join in_doubt using (relation, instance)
            join agreed using (relation, instance)
            group by line, relation, instance
            having count(*) = 1 or line like '{RUNS}%' or (line like 'row%' and count(*) < any_value(figures))
        )
        select line, count(distinct fid) as figures from met group by line
    """)
    return dict.fromkeys(lines, 0) | {row["line"]: row["figures"] for row in rows}


def _want(engine: Engine, lines: Collection[str]) -> None:
    """Some lines as the table `wanted_line`."""
    engine.connection.execute(
        "create or replace temp table wanted_line as select unnest(?::varchar[])::line_name as line", [[*lines]]
    )


def waits(printed: tuple[int, int], failures: int) -> bool:
    """Does a line wait, of which another release prints so many figures alike, and so many otherwise?"""
    alike, otherwise = printed
    return alike >= failures or vouched(alike, MORE * otherwise)


def _alike_elsewhere(engine: Engine, lines: Collection[str]) -> dict[str, tuple[int, int]]:
    """How many figures of each line another release prints alike, within their usual revision, and how many otherwise."""
    _want(engine, lines)
    rows = engine.ask("""
        select line, count(distinct fid) filter (agrees) as alike, count(distinct fid) filter (not agrees) as otherwise
        from line semi join wanted_line using (line)
        join term using (fid) join agreed using (relation, instance) join given_relation using (relation)
        where kind = 'revision'
        group by line
    """)
    return {row["line"]: (row["alike"], row["otherwise"]) for row in rows}


def exact_elsewhere(
    engine: Engine,
    lines: Mapping[str, Collection[int]],
    beside: Mapping[str, Collection[int]],
    in_several: bool = False,
) -> dict[str, tuple[int, int]]:
    """How many exact instances that meet each line in one figure alone, and do not meet what stands beside it, hold and fail.

    lines, beside: name of a line -> figures; in_several: instances that meet it in several figures, and others too, count
    """
    pairs = [(line, fid, True) for line, figures in lines.items() for fid in figures]
    pairs += [(line, fid, False) for line, figures in beside.items() for fid in set(figures) - set(lines[line])]
    engine.connection.execute(
        "create or replace temp table of_line as"
        " select unnest(?::varchar[]) as line, unnest(?::bigint[]) as fid, unnest(?::boolean[]) as own",
        [list(column) for column in zip(*pairs, strict=True)] if pairs else [[], [], []],
    )
    rows = engine.ask(f"""
        select line, count(*) filter (agrees) as held, count(*) filter (not agrees) as failed
        from (
            select o.line, a.agrees
            from of_line o
            join term t using (fid)
            join agreed a using (relation, instance)
            join given_relation r using (relation)
            where r.exact
            group by o.line, t.relation, t.instance, a.agrees
            having count(*) {"< any_value(a.figures)" if in_several else "= 1"} and bool_and(own)
        )
        group by line
    """)
    return dict.fromkeys(lines, (0, 0)) | {row["line"]: (row["held"], row["failed"]) for row in rows}


def vouched(fitting: int, failed: int) -> bool:
    """Do so many exact instances that hold speak for a line, beside so many that fail? A few small figures agree by chance."""
    return fitting >= LEAST and fitting > failed


def next_to(engine: Engine, figures: Collection[int], way: str) -> tuple[int, ...]:
    """What stands in the lines next to that of some figures."""
    return _next_to_each(engine, {way: figures})[way]


def _next_to_each(engine: Engine, lines: Mapping[str, Collection[int]]) -> dict[str, tuple[int, ...]]:
    """What stands in the lines next to each line, of which the name begins with its way: asked for all of them at once, since a
    table that is wrong throughout has hundreds."""
    pairs = [(line, fid) for line, figures in lines.items() for fid in figures]
    engine.connection.execute(
        "create or replace temp table lines_asked as select unnest(?::varchar[]) as line, unnest(?::bigint[]) as fid",
        [[line for line, _ in pairs], [fid for _, fid in pairs]],
    )
    rows = engine.ask("""
        select line, list(distinct g.fid order by g.fid) as figures
        from lines_asked
        join grid a using (fid)
        join (values (true, 0, 1), (true, 0, -1), (false, 1, 0), (false, -1, 0)) as step (of_column, down, along)
            on of_column = starts_with(line, 'column')
        join grid g
            on g.edition = a.edition and g.sheet = a.sheet and g.stem = a.stem and g.r = a.r + down and g.c = a.c + along
        where g.x is not null
        group by line
    """)
    return dict.fromkeys(lines, ()) | {row["line"]: tuple(row["figures"]) for row in rows}
