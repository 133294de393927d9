from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        from portal.people import (  # noqa: F401
            account_mail,
            allowed_names,
            attestations,
            coverage,
            devices,
            joining,
            kinds,
            publishing,
            quality,
            redactions,
            reference,
            retention_rules,
            review_mail,
            signals,
        )
        from portal.people.mailing import classes, digest, keeping, sending  # noqa: F401

        review_mail.silence_wagtail()
