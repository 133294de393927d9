"""Two write the same record at once: both succeed, the later text stands, no change is missed."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.search.engines import writing
from portal.search.models import SearchRecord, SearchVersion
from portal.search.records import Record

TIMES = 12


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_record() -> None:
    start, faults = Barrier(2), []

    def write(name: str) -> None:
        start.wait()
        try:
            for n in range(TIMES):
                with transaction.atomic():
                    record = Record(f"{name} {n}", "/", "resource", timezone.now(), ["member"])
                    writing.put([(("test", "1"), record), (("test", "2"), record)])
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert SearchRecord.objects.count() == 2
    assert set(SearchVersion.objects.values_list("version", flat=True)) == {2 * TIMES}
