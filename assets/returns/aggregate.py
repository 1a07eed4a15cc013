"""From accepted rows to the counts that the national tables are made of: the cube and the flags of one return."""

from schemas.derive import quoted
from schemas.returns import FLAGS


def cube_of(rows: str) -> str:
    """A SELECT over checked rows: offences in scope by month, class, threats, ages and relationship, with sums of ages."""
    return f"""
SELECT month, offence_class, membership_bits AS membership, membership_known,
  victim_age_band, suspect_age_band, coalesce(relationship, 'unknown') AS relationship,
  sum(offences)::BIGINT AS offences,
  coalesce(sum(offences * victim_age_counted), 0)::BIGINT AS victim_age_sum,
  coalesce(sum(offences) FILTER (victim_age_counted IS NOT NULL), 0)::BIGINT AS victim_age_known,
  coalesce(sum(offences * suspect_age_counted), 0)::BIGINT AS suspect_age_sum,
  coalesce(sum(offences) FILTER (suspect_age_counted IS NOT NULL), 0)::BIGINT AS suspect_age_known
FROM {rows} WHERE in_scope GROUP BY ALL"""


def flags_of(rows: str) -> str:
    """A SELECT over checked records: offences in scope by month and flag, as Y, N and not recorded."""
    values = ", ".join(
        f"{{'flag': {quoted(name)}, 'value': coalesce({name}::VARCHAR, 'not_recorded')}}" for name in FLAGS
    )
    return f"""
SELECT month, told.flag, told.value, sum(offences)::BIGINT AS offences
FROM (SELECT month, offences, unnest([{values}]) AS told
  FROM (SELECT month, {", ".join(FLAGS)}, sum(offences) AS offences FROM {rows} WHERE in_scope GROUP BY ALL))
GROUP BY ALL"""
