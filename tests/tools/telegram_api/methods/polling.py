"""How the bot gets its updates, and saying goodbye."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import bad_request
from ..updates import Webhook
from ..world import Json
from .call import Call, Method

_PORTS = ("443", "80", "88", "8443")


def _allowed(call: Call) -> list[str] | None:
    kinds = call.params.json("allowed_updates")
    if kinds is None:
        return None
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates JSON object")
    return [str(kind) for kind in kinds]


async def get_updates(call: Call) -> list[Json]:
    params = call.params
    call.updates.allow(_allowed(call))
    return await call.updates.get(
        params.integer("offset"), params.integer("limit", 100), float(params.integer("timeout"))
    )


def set_webhook(call: Call) -> bool:
    params = call.params
    url = params.text("url")
    if not url:
        return delete_webhook(call)
    match = re.fullmatch(r"(https?)://([^/:]+)(?::([0-9]+))?(/.*)?", url)
    if match is None:
        raise bad_request("bad webhook: invalid URL host specified")
    if match[1] != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if match[3] and match[3] not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
        raise bad_request("secret token contains unallowed characters")
    call.updates.allow(_allowed(call))
    if params.boolean("drop_pending_updates"):
        call.updates.drop()
    call.updates.set_webhook(Webhook(url, secret, params.integer("max_connections", 40)))
    return True


def delete_webhook(call: Call) -> bool:
    if call.params.boolean("drop_pending_updates"):
        call.updates.drop()
    call.updates.set_webhook(Webhook())
    return True


def get_webhook_info(call: Call) -> Json:
    webhook = call.updates.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if call.updates.explicit:
        info["allowed_updates"] = call.updates.explicit
    return info


def goodbye(call: Call) -> bool:
    """close and logOut."""
    return True


METHODS: Mapping[str, Method] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "close": goodbye,
    "logout": goodbye,
}
