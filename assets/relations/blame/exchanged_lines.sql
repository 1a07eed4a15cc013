-- Two neighbouring rows or columns of a sheet that fail exact relations, each figure with that of the other one beside it.
--   {way}, {across}  row and column, or column and row     {failing}  the figures that may be to blame
with
line as (
    select edition, sheet, {way}_number as line, bool_or(fid in {failing}) as fails
    from grid where not long and r is not null group by all
),
pair as (
    select row_number() over (order by edition, sheet, line) - 1 as way, edition, sheet, line as one, next as other
    from (select *, lead(line) over beside as next, lead(fails) over beside as next_fails from line
        window beside as (partition by edition, sheet order by line)) where fails and next_fails
)
select p.way, this.fid, that.x, that.half
from pair p
join grid this on this.edition = p.edition and this.sheet = p.sheet and this.{way}_number in (p.one, p.other)
join grid that
    on that.edition = p.edition and that.sheet = p.sheet and that.{across}_number = this.{across}_number
    and that.{way}_number = if(this.{way}_number = p.one, p.other, p.one)
where this.x is not null and that.x is not null
