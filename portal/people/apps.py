from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        from portal.people import reference, review_mail, signals  # noqa: F401

        review_mail.silence_wagtail()
