-- The newest vintage of each figure of a fact table; the publisher's own release goes before any copy of it, and
-- what is trusted before what is doubted. The rule stands here
-- once: for the code, for the macros and for the views of `main`.
--   {facts}    a fact table     {releases}  meta.release
--   {figure}   the columns that name a figure, whichever release printed it
--   {known}    which releases may be used: true, or those out by a day
--   {trusted}  is a row trusted, or doubted
--   {copies}   the designations of copies
SELECT fact.*
FROM {facts} AS fact
JOIN {releases} AS release ON release.source = fact.source AND release.release = fact.release
WHERE {known}
QUALIFY row_number() OVER (
    PARTITION BY {figure}
    ORDER BY {trusted} DESC, fact.designation NOT IN {copies} DESC, release.vintage_order DESC, fact.row_id DESC
) = 1
