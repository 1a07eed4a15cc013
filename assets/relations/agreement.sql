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
    -- share: the part lies within the share times the whole; without a share of its own, within the band times the whole
    sum(v) filter (role = 'part') as part, sum(half) filter (role = 'part') as part_half,
    sum(v) filter (role = 'whole') as whole, sum(half) filter (role = 'whole') as whole_half,
    sum(v) filter (role = 'share') as share, sum(half) filter (role = 'share') as share_half,
    -- within: the whole lies among its parts
    min(v - half) filter (role = 'part') as part_least, max(v + half) filter (role = 'part') as part_most
from valued(figures)
group by all;

create or replace macro agreement(figures) as table
with banded as (
    select
        s.* exclude (share, share_half),
        s.share is null as no_share,
        if(no_share, (r.lower + r.upper) / 2, s.share) as share,
        if(no_share, (r.upper - r.lower) / 2, s.share_half) as share_half,
        coalesce(r.root, 0) / sqrt(if(s.form = 'mul', s.least, 1)) + coalesce(r.yearly, 0) * s.years as wider,
        -- By so much may a count be off by chance that is counted twice, or among its neighbours.
        coalesce(r.root, 0) * (coalesce(r.root, 0) / 2 + sqrt(greatest(if(s.form = 'within', part_most, s.part), 0) + pow(r.root, 2) / 4))
            as by_chance,
        case
            when s.form = 'mul' then -ln(1 / r.lower + wider)
            when s.form = 'within' then r.lower * part_most - coalesce(by_chance, 0)
            when s.form = 'share' and no_share then -coalesce(by_chance, 0)
            else coalesce(r.lower, '-inf'::double)
        end as band_low,
        case
            when s.form = 'mul' then ln(r.upper + wider)
            when s.form = 'within' then r.upper * part_most + coalesce(by_chance, 0)
            when s.form = 'share' and no_share then coalesce(by_chance, 0)
            else coalesce(r.upper, 'inf'::double)
        end as band_high
    from summed(figures) s
    join given_relation r using (relation)
    where s.form in ('add', 'share', 'within') or s.positive or s.form = 'whole' and s.below_nought
),
spanned as (
    select
        *,
        case form
            when 'add' then total - slack
            when 'share' then part - part_half - (share + share_half) * (whole + whole_half)
            when 'within' then whole - whole_half - part_most
            else low - 1e-9
        end as from_low,
        case form
            when 'add' then total + slack
            when 'share' then part + part_half - (share - share_half) * (whole - whole_half)
            when 'within' then whole + whole_half - part_least
            else high + 1e-9
        end as to_high
    from banded
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
            when form = 'within' and role = 'whole' then part_least + band_low
            when form = 'within' and others_most < whole - whole_half - band_high then whole - whole_half - band_high
            when form = 'within' then '-inf'::double
            when role = 'part' then (share - share_half) * (whole - whole_half) + band_low - (part - v) - (part_half - half)
            when role = 'share' then (part - part_half) / (whole + whole_half)
            when role = 'whole' then (part - part_half - band_high) / (share + share_half) - (whole - v) - (whole_half - half)
            when agrees then v
            else '-inf'::double
        end as low,
        case
            when form = 'add' and sign > 0 then band_high - (total - v) + (slack - half)
            when form = 'add' then (total + v) + (slack - half) - band_low
            when form = 'mul' and sign > 0 then exp(band_high - (sum_low - low))
            when form = 'mul' then exp(sum_high + low - band_low)
            when form = 'within' and role = 'whole' then part_most + band_high
            when form = 'within' and others_least > whole + whole_half - band_low then whole + whole_half - band_low
            when form = 'within' then 'inf'::double
            when role = 'part' then (share + share_half) * (whole + whole_half) + band_high - (part - v) + (part_half - half)
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
