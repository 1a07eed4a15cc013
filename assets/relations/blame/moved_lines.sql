-- Every line that is a neighbour's, by another release; needs the tables of `assets.relations.blame.contests`.
with
known as (
    select g.*, o.x as was, o.edition as against
    from grid g join across a using (fid) join figure o on o.fid = a.other
    where a.same_source and a.other not in {doubted} and g.fid not in {doubted} and not g.long
),
around as (
    select
        *, [
            if(lag(c) over along = c - 1, lag(was) over along, null),
            if(lead(c) over along = c + 1, lead(was) over along, null),
            if(lag(r) over down = r - 1, lag(was) over down, null),
            if(lead(r) over down = r + 1, lead(was) over down, null)
        ] as near
    from known
    window
        along as (partition by against, edition, sheet, stem, r order by c),
        down as (partition by against, edition, sheet, stem, c order by r)
),
told as (
    select
        fid, against, step, {nearer} * abs(x - there) < abs(x - was) as beside,
        {nearer} * abs(x - was) < abs(x - there) as own
    from (select *, unnest(near) as there, unnest(range(4)) as step from around)
    where beside or own
),
moved as (
    select way, edition, line, against, step, count(*) as telling, count(*) filter (beside) as beside
    from told join placed using (fid)
    group by all
    having count(*) filter (beside) >= {least} and count(*) filter (beside) > {more} * count(*) filter (own)
)
select m.way, m.edition, max(m.beside) as beside, max(m.telling) as telling,
    list(distinct p.fid order by p.fid) as figures, bool_or((m.way = 'column') = (step < 2)) as exchanged
from moved m join placed p using (line)
group by m.way, m.edition, m.line
order by m.way, m.edition, m.line
