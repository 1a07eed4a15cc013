"""The arguments of `darkfigure service ...`."""

import argparse
from pathlib import Path

from pipelines.commands.actions import Adding, actions_of

BACKUPS = Path("/var/backups/darkfigure")


def service_arguments(command: argparse.ArgumentParser, folders: Adding) -> None:
    """Add the actions and their arguments; `folders` adds --data and --output."""
    action = actions_of(command, folders)

    def ports(made: argparse.ArgumentParser) -> None:
        made.add_argument("--port", type=int, default=3000, help="port of the front (default 3000)")
        made.add_argument("--viewer-port", type=int, default=3001, help="port of the read-only viewer (default 3001)")

    install = action("install", "write units for systemd and an example of a proxy, with the paths of here")
    install.add_argument("--print", action="store_true", dest="printed", help="print them")
    install.add_argument("--to", type=Path, metavar="DIR", help="write them into a folder")
    install.add_argument("--user", default="darkfigure", help="who runs the service (default darkfigure)")
    install.add_argument("--name", default="figures.example.org", metavar="HOST", help="name that visitors type")
    install.add_argument("--backups", type=Path, default=BACKUPS, metavar="DIR", help=f"folder of backups ({BACKUPS})")
    ports(install)

    check = action("check", "say what is wrong with a service that should be running")
    check.add_argument("--token-file", type=Path, metavar="FILE", help="what visitors must know (or DARKFIGURE_TOKEN)")
    check.add_argument("--only", choices=["front", "viewer", "daemon", "runs", "place"], help="this part alone")
    check.add_argument("--no-viewer", action="store_true", help="there is no viewer")
    ports(check)

    action("reap", "mark runs failed whose process is gone; the daemon's unit does so when it starts")
    backup = action("backup", "back up what nothing makes anew, while the service runs")
    backup.add_argument(
        "folder", type=Path, metavar="DIR", help="folder of backups; each is a private file with its time"
    )
    restore = action("restore", "restore a backup where nothing stands yet")
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
