-- What every instance of a relation says, for the values of a table of figures (fid, x, half): do its terms agree?
create or replace macro valued(figures) as table
select
    t.relation, t.instance, t.fid, r.form, t.role, t.scale, t.shift, f.x * t.scale + t.shift as v,
    -- Printed in full, a figure still went through floating numbers.
    f.half * abs(t.scale) + 1e-9 * greatest(abs(v), abs(t.shift)) as half,
    if(v - f.half * t.scale > 0, ln(v - f.half * t.scale), null) as low,
    if(v + f.half * t.scale > 0, ln(v + f.half * t.scale), null) as high,
    case t.role when '+' then 1 when '-' then -1 end as sign, t.released
from term t
join given_relation r using (relation)
join query_table(figures) f using (fid);

create or replace macro summed(figures) as table
select
    relation, instance, form, count(*) as figures,
    -- add
    sum(sign * v) as total, sum(half) as slack,
    -- mul and whole, in logarithms
    sum(if(sign > 0, low, -high)) as low, sum(if(sign > 0, high, -low)) as high, count(low) = count(*) as positive,
    bool_or(v + half < 0) as below_nought,
    min(v) as least, max(released) - min(released) as years,
    -- share: the part lies within the share times the whole
    sum(v) filter (role = 'part') as part, sum(half) filter (role = 'part') as part_half,
    sum(v) filter (role = 'whole') as whole, sum(half) filter (role = 'whole') as whole_half,
    sum(v) filter (role = 'share') as share, sum(half) filter (role = 'share') as share_half,
    -- within: the whole lies among its parts
    min(v - half) filter (role = 'part') as part_least, max(v + half) filter (role = 'part') as part_most
from valued(figures)
group by all;

create or replace macro agreement(figures) as table
with spanned as (
    select
        s.*,
        coalesce(r.root, 0) / sqrt(if(s.form = 'mul', s.least, 1)) + coalesce(r.yearly, 0) * s.years as wider,
        if(s.form = 'mul', -ln(1 / r.lower + wider), coalesce(r.lower, '-inf'::double)) as band_low,
        if(s.form = 'mul', ln(r.upper + wider), coalesce(r.upper, 'inf'::double)) as band_high,
        case s.form
            when 'add' then s.total - s.slack
            when 'share' then s.part - s.part_half - (s.share + s.share_half) * (s.whole + s.whole_half)
            when 'within' then s.whole - s.whole_half - s.part_most
            else s.low - 1e-9
        end as from_low,
        case s.form
            when 'add' then s.total + s.slack
            when 'share' then s.part + s.part_half - (s.share - s.share_half) * (s.whole - s.whole_half)
            when 'within' then s.whole + s.whole_half - s.part_least
            else s.high + 1e-9
        end as to_high
    from summed(figures) s
    join given_relation r using (relation)
    where s.form in ('add', 'share', 'within') or s.positive or s.form = 'whole' and s.below_nought
)
select
    *,
    case
        when form = 'whole' and below_nought then false
        when form = 'whole' then ceil(exp(from_low) - 1e-6) <= exp(to_high) + 1e-6
        else from_low <= band_high and to_high >= band_low
    end as agrees
from spanned
-- Where the rounding leaves room for a whole number anyway, nothing is tested.
where form <> 'whole' or below_nought or exp(to_high) - exp(from_low) < 0.5;

-- Between which values each figure of some instances would agree with the others: all that a repair may choose from.
create or replace macro feasible(figures, instances) as table
with one as (
    select
        v.*, s.* exclude (relation, instance, form, low, high, years), s.low as sum_low, s.high as sum_high,
        min(v - half) filter (role = 'part') over others as others_least, max(v + half) filter (role = 'part') over others as others_most
    from valued(figures) v
    join query_table(instances) s using (relation, instance)
    window others as (
        partition by relation, instance rows between unbounded preceding and unbounded following exclude current row
    )
),
between as (
    select
        relation, instance, fid, agrees, scale, shift,
        case
            when form = 'add' and sign > 0 then band_low - (total - v) - (slack - half)
            when form = 'add' then (total + v) - (slack - half) - band_high
            when form = 'mul' and sign > 0 then exp(band_low - (sum_high - high))
            when form = 'mul' then exp(sum_low + high - band_high)
            when form = 'within' and role = 'whole' then part_least
            when form = 'within' and others_most < whole - whole_half then whole - whole_half
            when form = 'within' then '-inf'::double
            when role = 'part' then (share - share_half) * (whole - whole_half)
            when role = 'share' then (part - part_half) / (whole + whole_half)
            when role = 'whole' then (part - part_half) / (share + share_half) - (whole - v) - (whole_half - half)
            when agrees then v
            else '-inf'::double
        end as low,
        case
            when form = 'add' and sign > 0 then band_high - (total - v) + (slack - half)
            when form = 'add' then (total + v) + (slack - half) - band_low
            when form = 'mul' and sign > 0 then exp(band_high - (sum_low - low))
            when form = 'mul' then exp(sum_high + low - band_low)
            when form = 'within' and role = 'whole' then part_most
            when form = 'within' and others_least > whole + whole_half then whole + whole_half
            when form = 'within' then 'inf'::double
            when role = 'part' then (share + share_half) * (whole + whole_half)
            when role = 'share' then (part + part_half) / nullif(whole - whole_half, 0)
            when role = 'whole' then (part + part_half) / nullif(share - share_half, 0) - (whole - v) + (whole_half - half)
            when agrees then v
            else 'inf'::double
        end as high
    from one
)
select
    relation, instance, fid, agrees, (low - shift) / scale - f.half - 1e-9 * abs(f.x) as low,
    (coalesce(high, 'inf'::double) - shift) / scale + f.half + 1e-9 * abs(f.x) as high
from between
join query_table(figures) f using (fid);
