"""The rhythm of a publication, for who asks of its calendar without fetching anything."""

# Months from one release to the next, where there is a rhythm.
MONTHS_OF = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
