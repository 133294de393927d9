"""Rows of the home app, people and the files."""

from tests.matrix import Row
from tests.world import DEPUTY, MANAGER, World

STATE = frozenset({MANAGER, DEPUTY})


def build(world: World) -> None:
    """Nothing beyond the accounts."""


ROWS = [
    Row("", "/", signed_out="ok"),
    Row("leave/", "/leave/", ok=302, signed_out="ok"),
    Row("healthz", "/healthz", signed_out="ok"),
    Row("readyz", "/readyz", signed_out="ok"),
    # Without a token there is nothing here, for nobody; with it: tests/home/test_metrics.py.
    Row("metrics", "/metrics", may=frozenset(), signed_out="missing"),
    Row("status/", "/status/", may=STATE),
    Row("status/dead/", "/status/dead/", may=STATE),
    Row("status/dead/decide/", "/status/dead/decide/", may=STATE, ok=302, method="post"),
    Row("privacy/", "/privacy/", signed_out="ok"),
    Row("accessibility/", "/accessibility/", signed_out="ok"),
    Row("whats-new/", "/whats-new/", signed_out="ok"),
    Row(
        "accounts/invitation/<str:token>/",
        "/accounts/invitation/never-made/",
        ok=410,
        signed_out="ok",
    ),
    Row(
        "documents/<int:pk>/<str:filename>",
        "/documents/999/no.pdf",
        may=frozenset(),
        signed_out="missing",
    ),
    Row("media/<path:path>", "/media/no.png", may=frozenset(), signed_out="missing"),
    Row("_util/login/", "/_util/login/", may=frozenset(), signed_out="missing"),
    Row(
        "_util/authenticate_with_password/<path:rest>",
        "/_util/authenticate_with_password/1/2/",
        may=frozenset(),
        signed_out="missing",
    ),
    Row("cms/login/", "/cms/login/", may=frozenset()),
]
