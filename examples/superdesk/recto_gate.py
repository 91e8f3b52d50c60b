"""Superdesk: asks recto before a translated item is published.

Put this module on the server's path and its name into INSTALLED_APPS. Settings:

RECTO_URL        where the gate is, http://127.0.0.1:8377
RECTO_TOKEN      its token, if it has one
RECTO_ON_OUTAGE  "block" or "warn": what to do while the gate does not answer. Nobody chooses for you.
"""

import json
import logging
import urllib.error
import urllib.request

from superdesk import get_resource_service
from superdesk.signals import item_validate

logger = logging.getLogger(__name__)
settings = {}

FIELDS = ("guid", "version", "language", "headline", "byline", "description_html", "description_text", "body_html", "associations")


def ninjs(item):
    """What recto reads of an item."""
    out = {name: item[name] for name in FIELDS if item.get(name)}
    out.setdefault("guid", str(item.get("_id")))
    if item.get("abstract"):
        out.setdefault("description_html", item["abstract"])
    # Associations may be empty places.
    if "associations" in out:
        out["associations"] = {name: entry for name, entry in out["associations"].items() if entry}
    return out


def ask(source, target):
    """The gate's answer."""
    body = {"id": str(target.get("guid") or target.get("_id")), "target": {"ninjs": ninjs(target)}}
    if source:
        body["source"] = {"ninjs": ninjs(source)}
    headers = {"Content-Type": "application/json"}
    if settings.get("RECTO_TOKEN"):
        headers["Authorization"] = "Bearer " + settings["RECTO_TOKEN"]
    request = urllib.request.Request(settings["RECTO_URL"] + "/v1/check", json.dumps(body).encode(), headers)
    # Superdesk's own requests end after 30 seconds.
    with urllib.request.urlopen(request, timeout=25) as answer:
        return json.load(answer)


def check_translation(sender, item, response, error_fields=None, **kwargs):
    """Adds the gate's errors to those of Superdesk: with any, the item is not published."""
    if not item.get("translated_from"):
        return
    source = get_resource_service("archive").find_one(req=None, _id=item["translated_from"])
    try:
        reply = ask(source, item)
    except (OSError, ValueError) as error:
        # The kind of failure alone: a message might quote the item.
        logger.error("recto does not answer: %s", type(error).__name__)
        if settings["RECTO_ON_OUTAGE"] == "block":
            response.append("recto does not answer: the translation was not checked")
        return
    logger.info("recto: %s %s", reply["verdict"], reply["report_id"])
    response.extend(reply["errors"])
    if reply["errors"]:
        response.append("To decide about these: " + settings["RECTO_URL"] + reply["review"])


def init_app(app):
    if app.config.get("RECTO_ON_OUTAGE") not in ("block", "warn"):
        raise ValueError('RECTO_ON_OUTAGE is "block" or "warn"')
    for name in ("RECTO_URL", "RECTO_TOKEN", "RECTO_ON_OUTAGE"):
        settings[name] = app.config.get(name)
    item_validate.connect(check_translation)
