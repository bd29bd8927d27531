"""What search does on the clock."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from search import services
from search.errors import EngineAway

NEW_PEOPLE = timedelta(minutes=10)  # far longer than the interval of the task


@shared_task(name="search.rebuild_vocabulary")
def rebuild_vocabulary() -> int:
    """Counts every term anew; safe to run twice."""
    return services.rebuild_vocabulary().listings


@shared_task(name="search.learn_new_people")
def learn_new_people() -> int:
    """Makes people findable who signed up lately; safe to run twice."""
    return services.learn_new_people(since=timezone.now() - NEW_PEOPLE)


@shared_task(name="search.count_notes")
def count_notes() -> int:
    """Takes what people looked for into recent searches and trends; each note is taken once."""
    return services.count_notes()


@shared_task(name="search.tell_summaries")
def tell_summaries() -> int:
    """Sums up what was found for saved searches that are told daily or weekly; safe to run twice."""
    return services.tell_summaries()


@shared_task(name="search.forget_unused_vectors", throws=(EngineAway,))
def forget_unused_vectors() -> int:
    """Deletes vectors that no listing has any more; safe to run twice."""
    return services.forget_unused_vectors()
