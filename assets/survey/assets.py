"""Survey assets: what the Crime Survey for England and Wales estimates."""

from assets.survey.tidy import estimates
from assets.tables.called import called
from assets.tables.contracted import contracted

ASSETS = [contracted("survey.estimate", estimates, inputs=called("figures", "series", "doubts"))]
