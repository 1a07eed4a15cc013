-- Values by name: DuckDB 1.2 and 1.3 take none by position that has a default.
WITH answers AS (
    SELECT *, row_number() OVER () AS place FROM answer_for(threat_name := threat_name, year_ended := year_ended)
),
chosen AS (
    SELECT answers.*, whole.survey_release, whole.recorded_release, whole.inputs,
           -- Of several comparisons each sentence names its own.
           CASE WHEN count(*) OVER () > 1 THEN concat(answers.comparison, ': ') ELSE '' END AS lead
    FROM answers
    JOIN reconciled.answer AS whole ON whole.row_id = answers.row_id
    WHERE whole.area_code = 'K04000001' AND (answers.may_be_compared <> 'no' OR answers.place = 1)
),
named AS (
    SELECT key, min(place) AS place, arg_min(row_id, place) AS row_id
    FROM (SELECT place, row_id, unnest(string_split(concat_ws('; ', survey_release, recorded_release), '; ')) AS key FROM chosen)
    GROUP BY key
),
of_force AS (
    SELECT *, bool_or(of_the_year AND year_ending IS NOT NULL) OVER (PARTITION BY force) AS year_is_held
    FROM (
        SELECT *, year_ending IS NULL OR starts_with(CAST(year_ending AS VARCHAR), coalesce(year_named(year_ended), '')) AS of_the_year
        FROM (
            FROM force_for(force_name := coalesce(force_name, 'Avon and Somerset'), threat_name := threat_name,
                           year_ended := year_ended)
            UNION
            FROM force_for(force_name := coalesce(force_name, 'Avon and Somerset'), threat_name := threat_name)
        )
        WHERE force_name IS NOT NULL AND area_named(coalesce(force_name, 'Avon and Somerset')) <> 'K04000001'
    )
),
moved AS (
    SELECT DISTINCT chosen.place, chosen.comparison, revision.row_id,
           regexp_replace(split_part(split_part(series.definition, '. ', 1), '; ', 1), '[.]$| at 30 June$', '') AS what,
           -- The people counted, where the definition does not say them.
           concat(CASE revision.sex WHEN 'female' THEN ', women and girls' WHEN 'male' THEN ', men and boys' END,
                  CASE WHEN revision.age <> 'all' AND NOT contains(lower(series.definition), 'aged') 
                       THEN ' aged ' || replace(replace(revision.age, '+', ' and over'), '-', ' to ') END) AS who,
           -- A population is of a day.
           CASE WHEN revision.period_type = 'mid_year' THEN strftime(revision.period_end, ', on %-d %B %Y')
                ELSE concat(', year to ', strftime(revision.period_end, '%B %Y')) END AS period_said,
           revision.previous, revision.previous_release, revision.latest, revision.latest_release
    FROM chosen, unnest(chosen.inputs) AS reading(row_id)
    JOIN reconciled.gap AS gap ON gap.row_id = reading.row_id, unnest(gap.inputs) AS used(input_row_id)
    JOIN (SELECT *, unnest(inputs) AS figure_row_id FROM reconciled.revision WHERE last_change <> 0) AS revision
        ON revision.figure_row_id = used.input_row_id
    LEFT JOIN reference.series AS series ON series.series = revision.series
),
questions AS (
    SELECT 1 AS position, 'How far apart are the two?' AS question, place, concat(comparison, ', year to ',
        strftime(year_ending, '%B %Y'), ', ', who, ': ', estimated,
        CASE WHEN estimated <> 'no estimate' THEN ' estimated' END, '; ', recorded, ' recorded',
        coalesce('; ' || per_100 || ' recorded per 100 estimated. Not a reporting rate.', '; no ratio may be given.')) AS answer, row_id
    FROM chosen
    UNION ALL
    SELECT 1, 'How far apart are the two?', 0, concat(threat_said(threat_name),
        ': no comparison is held of the year that was asked for; the newest one is told where none is asked for.'), NULL
    WHERE NOT EXISTS (SELECT 1 FROM chosen)
    UNION ALL
    -- One offence was asked for: its count first, the comparisons are of more than it.
    SELECT 0, 'How many are recorded of this offence?', 0, concat(part, ', year to ', strftime(year_ending, '%B %Y'), ': ',
        coalesce(format('{:,}', recorded) || ' recorded', 'no count held'), '; ' || share || '% of the threat', '; ' || change, '. ',
        remark || ' ', 'What follows is of the threat: ', threat, '.'), row_id
    FROM parts_for(threat_name := threat_name, year_ended := year_ended) WHERE part_named(threat_name) <> ''
    UNION ALL
    SELECT 2, 'May I compare them?', place, concat(lead, why), row_id FROM chosen
    UNION ALL
    SELECT 3, 'Where do the numbers come from?', named.place, concat(release.title, ', ', release.publisher,
        coalesce(', released ' || CAST(release.released AS VARCHAR), ''), coalesce(' (' || release.url || ')', '')), named.row_id
    FROM named JOIN meta.release AS release ON concat(release.source, '@', release.release) = named.key
    UNION ALL
    SELECT 4, 'What changed since the last release?', place, concat(what, who, period_said, ': ',
        number_said(previous), ' in ', previous_release, ', ', number_said(latest), ' in ', latest_release, '.'), row_id FROM moved
    UNION ALL
    SELECT 4, 'What changed since the last release?', min(place), 'No figure behind these answers differs from the release before it.',
           NULL FROM chosen HAVING count(*) > 0 AND NOT EXISTS (SELECT 1 FROM moved)
    UNION ALL
    SELECT 5, 'Did it change over the years?', place, concat(lead, 'Can be said: ', change.can_be_said, ' Cannot: ', change.cannot_be_said),
           coalesce(change.estimated_row_id, change.recorded_row_id)
    FROM chosen JOIN main.change AS change USING (comparison)
    UNION ALL
    SELECT 6, 'What about my force?', row_number() OVER (ORDER BY year_ending DESC NULLS LAST, recorded DESC NULLS LAST, part, force),
        concat(force, ', ', part, coalesce(', year to ' || strftime(year_ending, '%B %Y'), ''), ': ',
        concat_ws('; ', nullif(recorded_said(recorded, rate), ''), change, among_forces, coverage)), row_id
    FROM of_force WHERE of_the_year OR NOT year_is_held
    UNION ALL
    -- A nation or region is printed as a whole too.
    SELECT 6, 'What about my force?', 0, concat(region, ' as a whole, ', part, ', year to ', strftime(year_ending, '%B %Y'), ': ',
        concat_ws('; ', recorded_said(recorded, rate), change), '. Its forces are:'), row_id
    FROM region_for(region_name := force_name, threat_name := threat_name, year_ended := year_ended)
    WHERE force_name IS NOT NULL AND recorded IS NOT NULL
    UNION ALL
    SELECT DISTINCT 6, 'What about my force?', -1, concat(within.place, ' is a part of ', force,
        ', and figures here are of whole forces: what follows is of all of it.'), NULL
    FROM of_force, (SELECT place_named(force_name) AS place) AS within WHERE within.place <> ''
    UNION ALL
    -- What is said below is of other years.
    SELECT DISTINCT 6, 'What about my force?', 0, concat(force, ': no count is held of the year that was asked for; of others:'), NULL
    FROM of_force WHERE year_ending IS NOT NULL AND NOT year_is_held
    UNION ALL
    SELECT 6, 'What about my force?', 1, 'Name one: from ask(''stalking'', ''Avon and Somerset''). The survey has no estimate by police force.', NULL
    WHERE force_name IS NULL OR area_named(coalesce(force_name, 'England and Wales')) = 'K04000001'
)
SELECT position, question, answer, row_id FROM questions ORDER BY position, place, answer
