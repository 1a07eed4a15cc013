-- Every way of naming a threat, an offence that is counted in one, an area, or a place within a force. The first of two that
-- name the same stands first.
WITH threat AS (
    SELECT threat, name FROM reference.threat
    UNION ALL SELECT key, name FROM reference.plain_word WHERE kind = 'threat' AND key NOT IN (SELECT threat FROM reference.threat)
),
-- An offence of two threats is looked for where ONS prints it (Table C5), and never where it is counted by a flag as well.
counted AS (
    SELECT offence.offence_code, offence.name, concat(offence.name, ' (', offence.offence_code, ')') AS part,
           arg_min(member.threat, [member.grouping = 'inclusion', member.grouping <> 'ons_c5']) AS threat
    FROM reference.offence_threat AS member
    JOIN reference.offence AS offence ON member.offence_code IN (offence.offence_code, split_part(offence.offence_code, ':', 1))
    WHERE offence.level IN ('class', 'sub_code') AND NOT ends_with(offence.offence_code, ':unassigned')
    GROUP BY ALL
),
given AS (
    SELECT threat AS spelling, 'threat' AS kind, threat AS code, 1 AS rank, NULL AS topic, NULL AS part FROM threat
    UNION ALL SELECT name, 'threat', threat, 1, NULL, NULL FROM threat
    UNION ALL SELECT regexp_replace(name, ' \(.*\)|^All ', ''), 'threat', threat, 1, NULL, NULL FROM threat
    UNION ALL SELECT replace(threat, 'all_', ''), 'threat', threat, 1, NULL, NULL FROM threat
    UNION ALL SELECT spelling, kind, code, 1, topic, NULL FROM reference.spelling WHERE kind IN ('threat', 'area')
    UNION ALL SELECT said.spelling, 'threat', counted.threat, 1, NULL, counted.part
        FROM reference.spelling AS said JOIN counted ON said.kind = 'offence' AND counted.offence_code = said.code
    UNION ALL SELECT said.spelling, 'threat', series.threat, 1, NULL, series.offence_group
        FROM reference.spelling AS said JOIN reference.series AS series ON said.kind = 'series' AND series.series = said.code
    UNION ALL SELECT offence_code, 'threat', threat, 5, NULL, part FROM counted
    UNION ALL SELECT name, 'threat', threat, 6, NULL, part FROM counted
    UNION ALL SELECT area_code, 'area', area_code, 1, NULL, NULL FROM reference.area
        WHERE area_type IN ('country_group', 'country', 'region', 'police_force', 'special_force')
    UNION ALL SELECT name, 'area', area_code, CASE WHEN area_type LIKE '%_force' THEN 2 ELSE 3 END, NULL, NULL FROM reference.area
        WHERE area_type IN ('country_group', 'country', 'region', 'police_force', 'special_force')
    -- A place within a force, as community safety partnerships are named.
    UNION ALL SELECT name, 'area', parent_code, 5, NULL, name FROM reference.area WHERE area_type = 'community_safety_partnership'
    -- Initials, as forces call themselves: TVP is Thames Valley Police. Where two forces have the same, neither.
    UNION ALL SELECT initials, 'area', any_value(area_code), 4, NULL, NULL FROM (
        SELECT area_code, concat(list_aggregate([left(word, 1) FOR word IN string_split(plain_name(name), ' ') IF word <> 'and'],
            'string_agg', ''), 'p') AS initials
        FROM reference.area WHERE area_type LIKE '%_force' AND contains(plain_name(name), ' ')) GROUP BY initials HAVING count(*) = 1
)
SELECT plain_name(given.spelling) AS spelling, given.kind, given.code, coalesce(threat.name, area.name) AS name, given.topic,
       given.part
FROM given
LEFT JOIN threat ON given.kind = 'threat' AND threat.threat = given.code
LEFT JOIN reference.area AS area ON given.kind = 'area' AND area.area_code = given.code
QUALIFY row_number() OVER (PARTITION BY given.kind, plain_name(given.spelling) ORDER BY given.rank, length(given.part), given.code) = 1
ORDER BY given.kind, 1
