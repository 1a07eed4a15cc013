"""What is shipped with it, as CycloneDX, with licences: `python -m pipelines.bill_of_materials [FILE]`, which `make sbom` runs.

The list is made by cyclonedx-py from the environment and cut to the packages of requirements.lock. It ends with 1 where a package
has no licence or one that is not known to let its code be shipped with ours.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from pipelines.settings import CHECKOUT

LOCK = CHECKOUT / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==", re.MULTILINE)
# Licences that let code be used and shipped beside ours, as they are written in packages.
FITTING = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|PSF|Python-2\.0|Python Software Foundation|MPL|Mozilla|Unlicense|Zlib|HPND|CC0"
    r"|Public Domain|OFL|CNRI)\b",
    re.IGNORECASE,
)


def names(text: str) -> set[str]:
    """The packages that a lock pins, in their normal form."""
    return {normal(name) for name in PINNED.findall(text)}


def normal(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licences(component: dict[str, Any]) -> list[str]:
    """The licences of a package, as it declares them."""
    licences_told = []
    for entry in component.get("licenses", ()):
        of = entry.get("license", {})
        licences_told.append(str(entry.get("expression") or of.get("id") or of.get("name") or ""))
    return [text for text in licences_told if text]


def licence_declared(component: dict[str, Any]) -> dict[str, Any]:
    """The package with the licence that its own metadata names, where the list has found none."""
    licence = metadata.metadata(component["name"]).json.get("license") if not licences(component) else None
    return component | ({"licenses": [{"license": {"name": licence}}]} if licence else {})


def unfitting(components: Iterable[dict[str, Any]]) -> list[str]:
    """A sentence for every package that may not be shipped as it is, or does not say."""
    licences_named = []
    for component in components:
        of = licences(component)
        if not any(FITTING.search(licence) for licence in of):
            licences_named.append(
                f"{component['name']} {component.get('version', '')}: {', '.join(of) or 'no licence is declared'}."
            )
    return licences_named


def main() -> int:
    """Write the list, and say what does not fit."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "data" / "output" / "sbom.json"
    command = ["environment", "--output-reproducible", "--of", "JSON", sys.executable]
    made = subprocess.run([sys.executable, "-m", "cyclonedx_py", *command], capture_output=True, text=True, check=False)
    if made.returncode:
        sys.stderr.write(f"The list could not be made: {made.stderr.strip()}\n")
        return 1
    bill = json.loads(made.stdout)
    shipped = names(LOCK.read_text(encoding="utf-8"))
    bill["components"] = [
        licence_declared(component) for component in bill["components"] if normal(component["name"]) in shipped
    ]
    kept = {component["bom-ref"] for component in bill["components"]} | {
        bill["metadata"].get("component", {}).get("bom-ref")
    }
    bill["dependencies"] = [
        dependency | {"dependsOn": [ref for ref in dependency.get("dependsOn", ()) if ref in kept]}
        for dependency in bill.get("dependencies", ())
        if dependency["ref"] in kept
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} packages are shipped.")
    wrong = unfitting(bill["components"])
    for line in wrong:
        print(f"Its licence is to be looked at: {line}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
