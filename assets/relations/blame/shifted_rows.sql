-- Some rows of a table that stand one column to the right or left: in most of the columns in which a sum of the table fails, it holds
-- with what these rows print in the column beside. Of several such runs of rows the shortest.
with
sums as (
    select v.relation, v.instance, v.fid, v.sign, v.v, v.half, g.edition, g.stem, g.sheet, g.r, g.c, g.x
    from valued('figure', 'term') v join grid g using (fid)
    semi join (from failing where key in {failing}) using (relation, instance)
    where v.form = 'add' and v.scale = 1 and v.shift = 0 and v.role in ('+', '-') and g.r is not null and not g.long
),
-- A sum of one column of one table: all of it stands there.
own as (
    select relation, instance, edition, stem, sheet, c, list(r order by r) as rows, sum(sign * v) as off, sum(half) as slack
    from sums join agreed using (relation, instance)
    group by all
    having count(*) = any_value(figures)
),
step as (from (values (1), (-1)) s(across)),
-- By how much the sum would move, with all rows down to this one as they are beside.
moving as (
    select
        s.relation, s.instance, across, s.r, sum(s.sign * (n.x - s.x)) over down as moved,
        count(n.x) over down = count(*) over down as whole
    from sums s cross join step
    left join grid n on (n.edition, n.stem, n.sheet, n.r, n.c) = (s.edition, s.stem, s.sheet, s.r, s.c + across)
    window down as (partition by s.relation, s.instance, across order by s.r)
),
run as (
    select m.relation, m.instance, m.across, above.r as above, m.r as bottom, m.moved - above.moved as moved
    from moving m join moving above
        on (above.relation, above.instance, above.across) = (m.relation, m.instance, m.across) and above.r < m.r
    where m.whole
    union all
    select relation, instance, across, 0, r, moved from moving where whole
),
mended as (
    select
        edition, stem, sheet, rows, across, list_filter(rows, lambda row: row > above and row <= bottom) as run,
        count(distinct c) as columns
    from own join run using (relation, instance)
    where abs(off + moved) <= slack
    group by all
    having count(distinct c) >= {columns}
),
asked as (select edition, stem, sheet, rows, count(distinct c) as columns from own group by all),
told as (
    select m.* from mended m join asked a using (edition, stem, sheet, rows)
    where m.columns >= {share} * a.columns
    qualify rank() over (partition by edition, stem, sheet, rows order by len(run), m.columns desc) = 1
)
select t.sheet, min(g.row_number) as top, max(g.row_number) as bottom, t.columns, list(fid order by fid) as figures,
    if(t.across = 1, 'right', 'left') as way
from told t join grid g on (g.edition, g.stem, g.sheet) = (t.edition, t.stem, t.sheet) and list_contains(t.run, g.r)
where g.x is not null
group by t.edition, t.stem, t.sheet, t.rows, t.run, t.across, t.columns
order by all
