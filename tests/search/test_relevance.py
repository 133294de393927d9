"""The right page comes among the first three, on every engine, with the content that is shipped."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.search import quality
from portal.search.engines.base import Engine
from resources import content_loader as library
from tests.search.engines import settle
from tests.world import World
from training import content_loader as modules

pytestmark = [pytest.mark.django_db, pytest.mark.search]


def test_nine_of_ten_questions_find_their_page(engine: Engine, world: World) -> None:
    now = timezone.now()
    modules.load(world.manager, now)
    library.load(world.manager, now)
    settle()
    report = quality.measure(engine)
    misses = [(one.ask, one.place, one.got) for one in report.answered if not one.is_success]
    assert len(report.answered) >= 60
    assert report.success >= quality.WANTED, misses


def test_the_command_prints_it_and_fails_below() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"Below 0\.9"):
        call_command("search_quality", stdout=out)
    assert "0 questions" in out.getvalue()
