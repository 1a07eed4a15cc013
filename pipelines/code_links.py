"""Links from an asset to its code: to the checkout, or to where the repository is hosted."""

import os
import warnings
from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipelines.settings import CHECKOUT

GIT_URL, GIT_BRANCH = "DARKFIGURE_GIT_URL", "DARKFIGURE_GIT_BRANCH"


def with_code_on_git(assets: Sequence[Any]) -> Sequence[Any]:
    """Assets whose code links lead to DARKFIGURE_GIT_URL, a GitHub or GitLab address; to the checkout where it is not set."""
    url = os.environ.get(GIT_URL)
    if not url:
        return assets
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        mapping = dg.AnchorBasedFilePathMapping(local_file_anchor=CHECKOUT, file_anchor_path_in_repository="")
        branch = os.environ.get(GIT_BRANCH) or "main"
        return dg.link_code_references_to_git(assets, git_url=url, git_branch=branch, file_path_mapping=mapping)
