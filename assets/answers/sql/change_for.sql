SELECT change.* FROM main.change AS change
JOIN reference.pairing AS pairing ON lower(pairing.label) = lower(change.comparison)
WHERE (threat_name IS NULL OR pairing.threat = threat_named(threat_name))
  AND (threat_name IS NULL OR topic_named(threat_name) = '' OR pairing.estimate_topic = topic_named(threat_name))
ORDER BY change.estimated IS NULL, change.comparison
