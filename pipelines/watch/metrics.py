"""What the health model has measured, as OpenMetrics text at `/metrics` of the front."""

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assets.answers.health import HealthLine
from assets.tables.workspace import Workspace
from pipelines.watch.looks import everything

PATH = "/metrics"
PREFIX = "darkfigure"


class Measured:
    """An ASGI app that answers `/metrics` itself and hands everything else on."""

    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self._app, self._found = app, workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or hand on."""
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        text = await run_in_threadpool(lambda: exposition(everything(self._found)))
        await Response(text, media_type=CONTENT_TYPE_LATEST)(scope, receive, send)


def exposition(lines: list[HealthLine]) -> bytes:
    """Every measure of some lines of health, and of each line whether it is well; OpenMetrics text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Lines(lines))
    return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]


class _Lines:
    """Lines of health as a collector."""

    def __init__(self, lines: list[HealthLine]) -> None:
        self._found = lines

    def collect(self) -> list[GaugeMetricFamily]:
        """One family per measure, a sample per line; lines of one kind are told apart by what they are about."""
        well = GaugeMetricFamily(
            f"{PREFIX}_well", "1 where what was looked at is well, else 0", labels=["about", "matters"]
        )
        families: dict[str, GaugeMetricFamily] = {}
        for line in self._found:
            well.add_metric([line.about, line.matters], float(line.well))
            if not line.measure or line.value is None:
                continue
            labels = ["about"] if line.together else []
            family = families.setdefault(
                line.measure,
                GaugeMetricFamily(f"{PREFIX}_{line.measure}", line.measure.replace("_", " "), labels=labels),
            )
            family.add_metric([line.about] if labels else [], line.value)
        return [well, *families.values()]
