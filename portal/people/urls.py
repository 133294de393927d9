"""Addresses below /accounts/ that are ours; allauth's follow them."""

from allauth.mfa.webauthn.views import EditWebAuthnView
from django.urls import path

from portal.people.account_forms import ScreenedEditKeyForm
from portal.people.views import account, joining, mailing

urlpatterns = [
    path("invitation/<str:token>/", joining.join, name="join"),
    path("join/", joining.ask_to_join, name="ask_to_join"),
    path("join/<str:token>/", joining.confirm_asking, name="confirm_asking"),
    path("stay/", account.stay, name="stay"),
    # allauth asks no setting for this form; its own address follows, and is never reached.
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        EditWebAuthnView.as_view(form_class=ScreenedEditKeyForm),
        name="mfa_edit_webauthn",
    ),
    path("idle/", account.idle_dialog, name="idle_dialog"),
    path("mail-off/<str:token>/", mailing.mail_off, name="mail_off"),
]
