-- A relation is exact that leaves a figure no room beside what rounding does.
create or replace table given_relation as
select
    *, blames and form in ('add', 'mul', 'share', 'whole', 'mixture') and lower = upper and root is null and yearly is null as exact
from given_relation;
-- What every instance of a relation says, for the values of a table of figures (fid, x, half) and a table of terms: do they agree?
create or replace macro valued(figures, terms) as table
select
    t.relation, t.instance, t.fid, r.form, t.role, t.scale, t.shift, f.x * t.scale + t.shift as v,
    -- Printed in full, a figure still went through floating numbers.
    f.half * abs(t.scale) + 1e-9 * greatest(abs(v), abs(t.shift)) as half,
    if(v - f.half * t.scale > 0, ln(v - f.half * t.scale), null) as low,
    if(v + f.half * t.scale > 0, ln(v + f.half * t.scale), null) as high,
    case t.role when '+' then 1 when '-' then -1 end as sign, t.released, t.base, t.error, t.error_half
from query_table(terms) t
join given_relation r using (relation)
join query_table(figures) f using (fid);

create or replace macro share_of(variance) as (1 - sqrt(1 - 4 * least(variance, 0.25))) / 2;

create or replace macro summed(figures, terms) as table
select
    relation, instance, form, count(*) as figures,
    -- add
    sum(sign * v) as total, sum(half) as slack,
    -- mul and whole, in logarithms
    sum(if(sign > 0, low, -high)) as low, sum(if(sign > 0, high, -low)) as high, count(low) = count(*) as positive,
    bool_or(v + half < 0) as below_nought,
    -- The factor of a change is no count: it has no chance in it.
    min(v) filter (shift = 0) as least, max(released) - min(released) as years,
    -- share: the part lies within the share times the whole; without a share of its own, within the band times the whole
    sum(v) filter (role = 'part') as part, sum(half) filter (role = 'part') as part_half,
    sum(v) filter (role = 'whole') as whole, sum(half) filter (role = 'whole') as whole_half,
    sum(v) filter (role = 'share') as share, sum(half) filter (role = 'share') as share_half,
    -- within: the whole lies among its parts
    min(v - half) filter (role = 'part') as part_least, max(v + half) filter (role = 'part') as part_most,
    min(v - half, 2) filter (role = 'part' and form = 'within') as two_least, max(v + half, 2) filter (role = 'part' and form = 'within') as two_most,
    -- mean: parts weigh as many as were asked, or alike where that is not printed of all
    count(*) filter (role = 'part') as parts, count(base) filter (role = 'part') as based, sum(base) filter (role = 'part') as weights,
    sum(base) filter (role = 'whole') as asked,
    if(based = parts, sum(v * base) filter (role = 'part') / weights, part / parts) as mean,
    -- mixture: part, rest, whole, and those of another series, in this order
    list(v order by role) filter (form = 'mixture') as of_two, list(half order by role) filter (form = 'mixture') as half_of_two,
    -- error: what a standard error says of the share that it is the error of
    any_value(base) as base, any_value(error) as error, any_value(error_half) as error_half, any_value(v) as single
from valued(figures, terms)
group by all;

create or replace macro agreement(figures, terms) as table
with banded as (
    select
        s.* exclude (total, slack, share, share_half),
        -- (whole - rest) / (part - rest) of one series is that of the other: so much it is off for each unit of a figure.
        if(s.form = 'mixture', [
            of_two[5] - of_two[6], of_two[6] - of_two[4], of_two[4] - of_two[5],
            of_two[3] - of_two[2], of_two[1] - of_two[3], of_two[2] - of_two[1]
        ], null) as per_unit,
        if(s.form = 'mixture', of_two[1] * per_unit[1] + of_two[2] * per_unit[2] + of_two[3] * per_unit[3], s.total) as total,
        if(s.form = 'mixture', list_sum(list_transform(half_of_two, lambda half, place: half * (abs(per_unit[place]) + s.slack))), s.slack) as slack,
        s.share is null as no_share,
        1 + coalesce(r.lower, 0) as least_times,
        1 + coalesce(r.upper, 0) as most_times,
        -- The least and the greatest share that the part may be of the whole.
        if(no_share, r.lower, least_times * (s.share - s.share_half)) as least_part,
        if(no_share, r.upper, most_times * (s.share + s.share_half)) as most_part,
        (least_part + most_part) / 2 as share,
        (most_part - least_part) / 2 as share_half,
        coalesce(r.root, 0) / sqrt(if(s.form = 'mul', s.least, 1)) + coalesce(r.yearly, 0) * s.years as wider,
        -- The share p whose p(1-p) is the variance of one answer; a single victim among those asked has the error of its weight, and
        -- victims of one place no larger one than the share itself, but for the few places of a stratum.
        1 + coalesce(r.root, 0) / sqrt(greatest(least(single, 100 - single) / 100 * base, 1)) as by_victims,
        greatest(share_of(pow(greatest(error - error_half, 0), 2) * base / (r.upper * by_victims)), (error - error_half) / 1.05)
            as least_share,
        pow(error + error_half, 2) * base / (r.lower / by_victims) as most_variance,
        case
            when most_variance >= 0.25 then 1 - least_share
            when most_variance * base >= 1 then share_of(most_variance)
            else sqrt(most_variance / base)
        end as most,
        -- By so much may a count be off by chance that is counted twice, or among its neighbours.
        coalesce(r.root, 0) * (coalesce(r.root, 0) / 2 + sqrt(greatest(if(s.form = 'within', part_most, s.part), 0) + pow(r.root, 2) / 4))
            as by_chance,
        case
            when s.form = 'mul' then -ln(1 / r.lower + wider)
            when s.form = 'within' then r.lower * part_most - coalesce(by_chance, 0)
            when s.form = 'share' then -coalesce(by_chance, 0)
            when s.form = 'mean' then r.lower * (part_most - part_least)
            when s.form = 'error' then 100 * if(single > 50, 1 - most, least_share)
            else coalesce(r.lower, '-inf'::double)
        end as band_low,
        case
            when s.form = 'mul' then ln(r.upper + wider)
            when s.form = 'within' then r.upper * part_most + coalesce(by_chance, 0)
            when s.form = 'share' then coalesce(by_chance, 0)
            when s.form = 'mean' then r.upper * (part_most - part_least)
            when s.form = 'error' then 100 * if(single > 50, 1 - least_share, most)
            else coalesce(r.upper, 'inf'::double)
        end as band_high
    from summed(figures, terms) s
    join given_relation r using (relation)
    where
        s.form in ('add', 'mixture', 'share', 'within') or s.form = 'mean' and coalesce(weights > 0, true) or s.form = 'asked' and based = parts
        or s.form = 'error' and base > 0 and error is not null or s.positive and s.form in ('mul', 'whole') or s.form = 'whole' and s.below_nought
),
spanned as (
    select
        *,
        case
            when form in ('add', 'mixture', 'error') then total - slack
            when form = 'mean' then whole - whole_half - mean - part_half
            when form = 'asked' then weights / asked
            when form = 'share' then part - part_half - (share + share_half) * (whole + whole_half)
            when form = 'within' then whole - whole_half - part_most
            else low - 1e-9
        end as from_low,
        case
            when form in ('add', 'mixture', 'error') then total + slack
            when form = 'mean' then whole + whole_half - mean + part_half
            when form = 'asked' then weights / asked
            when form = 'share' then part + part_half - (share - share_half) * (whole - whole_half)
            when form = 'within' then whole + whole_half - part_least
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
        v.* exclude (error, error_half),
        s.* exclude (relation, instance, form, low, high, years, base, error, error_half), if(based = parts, v.base / weights, 1 / parts) as weighs,
        s.low as sum_low, s.high as sum_high,
        per_unit[list_position(['part', 'rest', 'whole', 'with part', 'with rest', 'with whole'], v.role)] as unit,
        two_least[if(two_least[1] = v - half, 2, 1)] as others_least, two_most[if(two_most[1] = v + half, 2, 1)] as others_most
    from valued(figures, 'term') v
    join query_table(instances) s using (relation, instance)
),
between as (
    select
        relation, instance, fid, agrees, scale, shift,
        case
            -- It says nothing of the value of a figure: where it fails, so many people would mend it.
            when form = 'asked' and agrees then '-inf'::double
            when form = 'asked' and role = 'whole' then weights / band_high
            when form = 'asked' then band_low * asked - weights + base
            when form = 'mixture' then v + half - total / nullif(unit, 0) - slack / abs(unit)
            when form in ('add', 'error') and sign > 0 then band_low - (total - v) - (slack - half)
            when form = 'add' then (total + v) - (slack - half) - band_high
            when form = 'mul' and sign > 0 then exp(band_low - (sum_high - high))
            when form = 'mul' then exp(sum_low + high - band_high)
            when form = 'mean' and role = 'whole' then mean + band_low - part_half
            -- A part may be so far from the others as the whole is from their mean; the widest of what could be so.
            when form = 'mean' then (whole - whole_half - mean + weighs * v - band_high - (part_half - half)) / weighs
            when form = 'within' and role = 'whole' then part_least + band_low
            when form = 'within' and others_most < whole - whole_half - band_high then whole - whole_half - band_high
            when form = 'within' then '-inf'::double
            when role = 'part' then (share - share_half) * (whole - whole_half) + band_low - (part - v) - (part_half - half)
            when role = 'share' then (part - part_half) / (whole + whole_half) / most_times
            when role = 'whole' then (part - part_half - band_high) / (share + share_half) - (whole - v) - (whole_half - half)
            when agrees then v
            else '-inf'::double
        end as low,
        case
            when form = 'asked' and agrees then 'inf'::double
            when form = 'asked' and role = 'whole' then weights / band_low
            when form = 'asked' then band_high * asked - weights + base
            when form = 'mixture' then v - half - total / nullif(unit, 0) + slack / abs(unit)
            when form in ('add', 'error') and sign > 0 then band_high - (total - v) + (slack - half)
            when form = 'add' then (total + v) + (slack - half) - band_low
            when form = 'mul' and sign > 0 then exp(band_high - (sum_low - low))
            when form = 'mul' then exp(sum_high + low - band_low)
            when form = 'mean' and role = 'whole' then mean + band_high + part_half
            when form = 'mean' then (whole + whole_half - mean + weighs * v - band_low + (part_half - half)) / weighs
            when form = 'within' and role = 'whole' then part_most + band_high
            when form = 'within' and others_least > whole + whole_half - band_low then whole + whole_half - band_low
            when form = 'within' then 'inf'::double
            when role = 'part' then (share + share_half) * (whole + whole_half) + band_high - (part - v) + (part_half - half)
            when role = 'share' then (part + part_half) / nullif(whole - whole_half, 0) / least_times
            when role = 'whole' then (part + part_half - band_low) / nullif(share - share_half, 0) - (whole - v) + (whole_half - half)
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
-- And with all of the others at once, of the relations that may doubt it.
create or replace macro agreeing(figures, instances) as table
select fid, max(low) as low, min(high) as high
from feasible(figures, instances) join given_relation using (relation)
where blames group by fid;
