"""Addresses of one's own account, of people, and of what the manager keeps safe."""

from django.urls import path

from portal.people.views import account, joining, mailing, office, person, redactions

urlpatterns = [
    path("me/", account.own_account, name="own_account"),
    path("me/data.json", account.own_data, name="own_data"),
    path("me/mail/", mailing.own_mail, name="own_mail"),
    path("me/attest/", account.attest, name="own_attest"),
    path("team/people/<int:pk>/", person.person, name="person"),
    path("team/people/<int:pk>/change/", person.change, name="person_change"),
    path("team/people/<int:pk>/leave/", person.leave, name="person_leave"),
    path("team/people/<int:pk>/invite/", person.invite_again, name="person_invite"),
    path("team/people/<int:pk>/on/", person.put_on, name="person_on"),
    path("team/people/<int:pk>/off/<slug:slug>/", person.take_off, name="person_off"),
    path("team/people/<int:pk>/roles/", person.give_roles, name="person_roles"),
    path("team/people/<int:pk>/merge/", person.merge, name="person_merge"),
    path("team/people/<int:pk>/merge/undo/", person.undo_merge, name="person_merge_undo"),
    path("team/people/<int:pk>/anonymise/", person.anonymise, name="person_anonymise"),
    path("team/people/<int:pk>/data.json", person.data_of, name="person_data"),
    path("team/coverage/", office.counties, name="coverage"),
    path("team/coverage/<slug:slug>/", office.county, name="county"),
    path("team/import/", office.import_roster, name="roster_import"),
    path("team/joining/", joining.requests_to_join, name="requests_to_join"),
    path("team/joining/<int:pk>/", joining.decide_joining, name="decide_joining"),
    path("audit/", office.audit_page, name="audit"),
    path("audit/events.csv", office.audit_csv, name="audit_csv"),
    path("audit/check/", office.audit_check, name="audit_check"),
    path("mail/", mailing.mail_log, name="mail_log"),
    path("mail/returned/", mailing.returned, name="mail_returned"),
    path("mail/returned/<int:pk>/", mailing.resume, name="mail_resume"),
    path("privacy/inventory/", office.data_inventory, name="inventory"),
    path("privacy/inventory/<slug:part>/", office.inventory_part, name="inventory_part"),
    path("requests/redactions/", redactions.index, name="redactions"),
    path("requests/redactions/<int:pk>/", redactions.decide, name="redaction"),
    path("requests/redactions/pages/<int:pk>/", redactions.of_page, name="redact_page"),
    path("retention/", office.keeping, name="retention"),
    path("retention/holds/<int:pk>/", office.lift_hold, name="lift_hold"),
]
