"""`darkfigure release ...`: publish a signed release onwards, list the releases of a place, verify one."""

import argparse
import os
import sys
from pathlib import Path

from assets.published.lock import only_one
from pipelines.commands.folders import chosen_settings
from pipelines.commands.stop import WRONG_CALL, Stop

try:
    from assets.published.onward.bundle import bundle
    from assets.published.onward.sending import RemoteFolder, faults, release_list, send
    from assets.published.onward.signing import fingerprint_of, new_key
except ModuleNotFoundError as missing:
    raise Stop(
        f"Releases need the extra `publish` ({missing.name} is not installed): pip install --require-hashes -r"
        " requirements-service.lock",
        WRONG_CALL,
    ) from None

KEY_VARIABLE = "DARKFIGURE_RELEASE_KEY"
PATIENCE = 900.0


def release(chosen: argparse.Namespace) -> None:
    """Do one of the actions; Stop in words where a place cannot be read or written."""
    try:
        {"key": _key, "publish": _publish, "list": _list, "verify": _verify}[chosen.action](chosen)
    except (OSError, ImportError, ValueError) as error:
        raise Stop(f"The place cannot be reached: {type(error).__name__}: {error}.") from None


def _key(chosen: argparse.Namespace) -> None:
    try:
        public = new_key(chosen.file)
    except FileExistsError:
        raise Stop(f"{chosen.file} exists; a key is never overwritten.", WRONG_CALL) from None
    sys.stdout.write(f"{chosen.file} signs; keep it. {public} verifies; give it to readers.\n")
    sys.stdout.write(f"Key: sha256:{fingerprint_of(public.read_bytes())}\n")


def _publish(chosen: argparse.Namespace) -> None:
    workspace = chosen_settings(chosen)
    key = chosen.key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)
    if key is None:
        raise Stop(
            f"Name the key that signs: --key FILE or {KEY_VARIABLE}. Make one: darkfigure release key FILE", WRONG_CALL
        )
    with only_one(workspace.lock_path, PATIENCE):
        place = RemoteFolder.of(chosen.to)
        name, new = send(bundle(workspace.output), place, key)
    [entry] = [release for release in release_list(place) if release["build"] == name]
    sys.stdout.write(f"{'Published' if new else 'Stands there already'}: {chosen.to.rstrip('/')}/{entry['path']}\n")
    sys.stdout.write(f"Pin: {entry['pin']}\n")


def _list(chosen: argparse.Namespace) -> None:
    for entry in release_list(RemoteFolder.of(chosen.place)):
        sys.stdout.write(f"{entry['build']}  {entry['built_at']}  {entry['pin']}  {entry['path']}\n")


def _verify(chosen: argparse.Namespace) -> None:
    try:
        public = chosen.key.read_bytes() if chosen.key else None
    except OSError as error:
        raise Stop(f"--key {chosen.key} cannot be read: {error}.", WRONG_CALL) from None
    wrong = list(faults(RemoteFolder.of(chosen.bundle), public, chosen.pin))
    if wrong:
        raise Stop("\n".join([f"{chosen.bundle} is not as it was published.", *wrong]))
    whom = (
        f"signed by the key {chosen.key}" if chosen.key else "not damaged; by whom it is signed was not asked (--key)"
    )
    sys.stdout.write(f"Whole, and {whom}.\n")
