"""The arguments of `darkfigure release ...`."""

import argparse
from pathlib import Path

from pipelines.commands.actions import Adding, actions_of

KEY_VARIABLE = "DARKFIGURE_RELEASE_KEY"


def release_arguments(command: argparse.ArgumentParser, folders: Adding) -> None:
    """Add the actions and their arguments; `folders` adds --data and --output."""
    action = actions_of(command)

    key = action("key", "make a key to sign releases with, and FILE.pub for those who verify them")
    key.add_argument("file", type=Path, metavar="FILE", help="where the private key goes")
    publish = action("publish", "put the published build where others read it, signed; older releases stay")
    publish.add_argument("to", metavar="PLACE", help="a folder, or s3://bucket/prefix")
    publish.add_argument("--key", type=Path, metavar="FILE", help=f"private key (or {KEY_VARIABLE})")
    folders(publish)
    listing = action("list", "list the releases of a place, newest first")
    listing.add_argument("place", metavar="PLACE", help="a folder, s3://bucket/prefix or https://host/path")
    verify = action("verify", "say whether a release is whole, signed by whom you trust, and the one that you pinned")
    verify.add_argument("bundle", metavar="RELEASE", help="its folder or address, as in s3://bucket/releases/BUILD")
    verify.add_argument("--key", type=Path, metavar="FILE", help="public key of who is trusted")
    verify.add_argument("--pin", metavar="SHA256", help="pin of the release, as `release publish` and `list` print it")
