-- Every figure that one publication gave in two releases or more: its first, previous and latest value.
--   fact     the fact tables below each other, each row with its table (figures)     release  meta.release
--   {figure} the columns that name a figure, whichever release printed it
--   {copies} the designations of copies, which are no vintages; nor is a doubted figure
WITH ordered AS (
    SELECT source, release, row_number() OVER (ORDER BY vintage_order, release, source) AS nth FROM release
),
several AS (
    SELECT *, row_number() OVER () AS place
    FROM fact WHERE designation NOT IN {copies} AND doubt IS NULL
    QUALIFY count(*) OVER (PARTITION BY {figure}) > 1
),
-- What a print hides is half a unit of its last digit, in the unit of the value: thousands and millions stand printed as such.
vintage AS (
    SELECT *,
        regexp_replace(printed, '[,%\s]', '', 'g') AS digits,
        TRY_CAST(digits AS DOUBLE) AS number,
        CASE WHEN number = 0 THEN 1 ELSE abs(value / number) END AS scale,
        coalesce(0.5 * scale * pow(10, -length(regexp_extract(digits, '\.(\d+)$', 1))), 0) AS hidden
    FROM several
),
stepped AS (
    SELECT *,
        coalesce(
            obs_status IS DISTINCT FROM lag(obs_status) OVER vintages
            OR (value IS DISTINCT FROM lag(value) OVER vintages
                AND coalesce(abs(value - lag(value) OVER vintages) > greatest(hidden, lag(hidden) OVER vintages), true)),
            false
        ) AND lag(place) OVER vintages IS NOT NULL AS differs
    FROM vintage JOIN ordered USING (source, release)
    WINDOW vintages AS (PARTITION BY {figure}, leaves_out ORDER BY nth, place)
),
figure AS (
    SELECT {figure}, min(place) AS met, max(nth) AS newest, bool_or(differs) AS revised,
        list({'value': value, 'release': release, 'obs_status': obs_status} ORDER BY nth, place) AS held,
        list(row_id ORDER BY nth, place) AS inputs
    FROM stepped GROUP BY {figure}, leaves_out
),
-- A total with a force is no revision of one without.
newest_alike AS (
    FROM figure QUALIFY row_number() OVER (PARTITION BY {figure} ORDER BY newest DESC, met DESC) = 1
)
SELECT {figure},
    length(held) AS vintages,
    held[1].value AS first, held[1].release AS first_release, held[1].obs_status AS first_obs_status,
    held[-2].value AS previous, held[-2].release AS previous_release,
    held[-1].value AS latest, held[-1].release AS latest_release, held[-1].obs_status AS latest_obs_status,
    latest - first AS change, change / nullif(first, 0) * 100 AS change_percent,
    latest - previous AS last_change, last_change / nullif(previous, 0) * 100 AS last_change_percent,
    revised, inputs
FROM newest_alike WHERE vintages > 1 ORDER BY met
