"""Two totals never make a capture-recapture estimate."""

import pytest

from assets.methods.capture import RefusedError, capture_recapture


def test_capture_recapture_refuses_and_says_why() -> None:
    with pytest.raises(RefusedError, match="linked person by person"):
        capture_recapture(1_600_000, 911_232)
