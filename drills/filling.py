"""Tables, modules, library and fictional people at example.org, for the load to work with."""

import sys
from random import Random

MEMBERS = 300


def fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    import resources.content_loader
    import training.content_loader
    from portal.core import preparation
    from portal.core.models import DemoMark
    from portal.home.populating import people as members
    from portal.people import demo
    from training.demo import since

    preparation.prepare(print)
    if "tables" in sys.argv:
        return
    if DemoMark.objects.exists():
        return
    DemoMark.objects.create(kind="drills")
    now = timezone.now()
    people = demo.load_people("for-the-drills-alone")
    training.content_loader.load(owner=people["author"], now=since(now))
    resources.content_loader.load(owner=people["manager"], now=now)
    members.fill(MEMBERS, Random(1))
    call_command("rebuild_search", verbosity=0)


if __name__ == "__main__":
    fill()
