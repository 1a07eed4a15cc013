-- Every way of naming a threat or an area. The first of two that name the same stands first.
WITH given AS (
    SELECT threat AS spelling, 'threat' AS kind, threat AS code, 1 AS rank FROM reference.threat
    UNION ALL SELECT name, 'threat', threat, 1 FROM reference.threat
    UNION ALL SELECT regexp_replace(name, ' \(.*\)', ''), 'threat', threat, 1 FROM reference.threat
    UNION ALL SELECT area_code, 'area', area_code, 1 FROM reference.area WHERE area_type IN ('country_group', 'country',
        'region', 'police_force', 'special_force')
    UNION ALL SELECT name, 'area', area_code, CASE WHEN area_type LIKE '%_force' THEN 2 ELSE 3 END FROM reference.area
        WHERE area_type IN ('country_group', 'country', 'region', 'police_force', 'special_force')
    UNION ALL SELECT spelling, kind, code, 1 FROM reference.spelling
    -- Initials, as forces call themselves: TVP is Thames Valley Police. Where two forces have the same, neither.
    UNION ALL SELECT initials, 'area', any_value(area_code), 4 FROM (
        SELECT area_code, concat(list_aggregate([left(word, 1) FOR word IN string_split(plain_name(name), ' ') IF word <> 'and'],
            'string_agg', ''), 'p') AS initials
        FROM reference.area WHERE area_type LIKE '%_force' AND contains(plain_name(name), ' ')) GROUP BY initials HAVING count(*) = 1
)
SELECT plain_name(given.spelling) AS spelling, given.kind, given.code, coalesce(threat.name, area.name) AS name,
       said.topic
FROM given
LEFT JOIN reference.spelling AS said ON said.spelling = given.spelling AND said.kind = given.kind
LEFT JOIN reference.threat AS threat ON given.kind = 'threat' AND threat.threat = given.code
LEFT JOIN reference.area AS area ON given.kind = 'area' AND area.area_code = given.code
QUALIFY row_number() OVER (PARTITION BY given.kind, plain_name(given.spelling) ORDER BY given.rank, given.code) = 1
ORDER BY given.kind, 1
