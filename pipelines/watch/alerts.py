"""Alerts: what the health model finds ill, told once by a webhook and by mail, and told again when it is well.

Set in the environment: DARKFIGURE_ALERT_WEBHOOK (an address that takes a POST of JSON), DARKFIGURE_ALERT_SMTP
(smtp://host:port, smtps:// for TLS from the start, user:password@ before the host where the server asks for it) with
DARKFIGURE_ALERT_TO and DARKFIGURE_ALERT_FROM. DARKFIGURE_ALERT_ON=error tells only what is broken.
"""

import json
import os
import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import dagster as dg

from assets.answers.health import ERROR, INFO, HealthLine, headline
from pipelines.jobs import looking
from pipelines.watch.causes import cause_of
from pipelines.watch.looks import everything

WEBHOOK, SMTP, TO, FROM, ON = (f"DARKFIGURE_ALERT_{name}" for name in ("WEBHOOK", "SMTP", "TO", "FROM", "ON"))
PATIENCE = 20.0
MANY = 30


class NotTold(Exception):
    """An alert that could not be delivered, in words; it is tried again at the next look."""


@dataclass(frozen=True)
class News:
    """What became ill since it was last told, what is well again, and the health of all in one line."""

    ill: Sequence[HealthLine]
    again: Sequence[str]
    headline: str

    def text(self) -> str:
        """A line each; the first one says the first cause."""
        lines = [f"{line.about}: {line.said} {line.remedy}".strip() for line in self.ill[:MANY]]
        more = [f"... and {len(self.ill) - MANY} more: darkfigure doctor"] if len(self.ill) > MANY else []
        return "\n".join([*lines, *more, *(f"{about}: well again." for about in self.again), self.headline])


def news(
    lines: Sequence[HealthLine], told_before: Mapping[str, str], everything: bool = True
) -> tuple[News | None, dict[str, str]]:
    """What is to be told of lines of health, None for nothing, and what is told then: about -> what was last said.

    told_before: what was told before; everything: also what a reader should know, not only what is broken
    """
    ill = [line for line in lines if not line.well and line.matters != INFO and (everything or line.matters == ERROR)]
    # A line is news when it becomes ill; what is broken also when it says something else, as the next failed run does.
    new = [
        line
        for line in ill
        if line.about not in told_before or (line.matters == ERROR and told_before[line.about] != line.said)
    ]
    again = sorted(told_before.keys() - {line.about for line in ill})
    now = {line.about: line.said for line in ill}
    new.sort(key=lambda line: line.matters != ERROR)
    return (News(new, again, headline(lines)) if new or again else None), now


def is_set() -> bool:
    """Is anybody to be told?"""
    return bool(os.environ.get(WEBHOOK) or os.environ.get(SMTP))


def tells_everything() -> bool:
    """Is also to be told what a reader should know, not only what is broken?"""
    return os.environ.get(ON, "").strip().lower() != ERROR


def send_news(what: News) -> list[str]:
    """Send to everybody that is set; says to whom. NotTold where one could not be reached."""
    import httpx

    done = []
    for variable, send in ((WEBHOOK, _post), (SMTP, _mail)):
        if address := os.environ.get(variable):
            try:
                done.append(send(address, what))
            except (httpx.HTTPError, httpx.InvalidURL, OSError, smtplib.SMTPException, ValueError) as error:
                # The address itself may be a secret: it is not repeated.
                raise NotTold(
                    f"{variable} could not be told ({type(error).__name__}); tried again at the next look."
                ) from None
    return done


def _post(address: str, what: News) -> str:
    import httpx

    body: dict[str, Any] = {
        "text": what.text(),
        "service": socket.gethostname(),
        "headline": what.headline,
        "ill": [
            {"about": line.about, "matters": line.matters, "said": line.said, "remedy": line.remedy}
            for line in what.ill
        ],
        "well_again": list(what.again),
    }
    httpx.post(address, json=body, timeout=PATIENCE).raise_for_status()
    return "webhook"


def _mail(address: str, what: News) -> str:
    parts, to = urlsplit(address), os.environ.get(TO, "")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not to:
        raise ValueError(f"{SMTP} is smtp://host:port and {TO} names who is told")
    message = EmailMessage()
    first = what.text().partition("\n")[0]
    message["Subject"] = f"Darkfigure: {first[:150]}"
    message["From"], message["To"] = os.environ.get(FROM) or f"darkfigure@{socket.getfqdn()}", to
    message.set_content(what.text())
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname, parts.port or 0, timeout=PATIENCE) as server:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
    return "mail"


# Sensors that watch: one tells what is ill by webhook and mail, one says of each failed run why in its tag.
SECONDS_BETWEEN_LOOKS = 300
CAUSE, LONGEST = "darkfigure/cause", 250


@looking(
    name="health",
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description=(
        "Every five minutes: what the health model finds ill is told once by webhook and mail where DARKFIGURE_ALERT_WEBHOOK or"
        " DARKFIGURE_ALERT_SMTP is set, and told again when it is well."
    ),
)
def health_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """One look at everything; what could not be delivered fails the tick and is tried again."""
    if not is_set():
        return dg.SkipReason("Nobody is to be told: no address is set.")
    place = context.resources.workspace
    what, told_now = news(everything(place, context.instance), json.loads(context.cursor or "{}"), tells_everything())
    if what is None:
        return dg.SkipReason("Nothing has changed since it was last told.")
    try:
        done = send_news(what)
    except NotTold as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    context.update_cursor(json.dumps(told_now))
    return dg.SkipReason(f"Told by {' and '.join(done)}: {what.headline}")


@dg.run_failure_sensor(
    name="failed_runs",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Gives each failed run a tag with the first line of its cause, so that the list of runs says why.",
)
def failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Tag one failed run."""
    cause = cause_of(context.instance, context.dagster_run)
    context.instance.add_run_tags(context.dagster_run.run_id, {CAUSE: cause[:LONGEST]})


WATCHING = [health_sensor, failed_runs]
