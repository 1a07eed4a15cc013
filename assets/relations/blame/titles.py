"""Tables whose title says something that their layout does not account for: they may be of other people, offences or measures."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LABEL, DoubtedTogether
from assets.relations.blame.lines import LEAST

# So much of what ties the table to others must agree, that what its title says changes nothing.
SHARE = 0.5


def said_more(engine: Engine) -> Iterator[DoubtedTogether]:
    """All figures of a table of whose title some words are not known, unless other tables or releases agree with them."""
    for row in engine.answer(__file__, "titles", least=LEAST, share=SHARE):
        reason = (
            f"Its title, {row['title']!r}, says {row['says_more']!r}, for which its layout does not account, and "
            + (
                f"{row['agree']} of {row['ties']} relations to other tables agree."
                if row["ties"]
                else "nothing agrees with it."
            )
        )
        yield DoubtedTogether(LABEL, reason, row["figures"], failing=1)
