"""What watchers are shown: words of a comment that are the same for everybody, made once."""

from functools import lru_cache

from django.template.loader import render_to_string

from social.models import Comment

KEPT = 5_000  # in the memory of each process, some 10 MB


def comment_html(comment: Comment) -> str:
    """The row of a comment as the thread shows it, the same for every reader."""
    return _html(comment, comment.revision, comment.author_name, comment.author_avatar)


@lru_cache(maxsize=KEPT)
def _html(comment: Comment, revision: int, author_name: str, author_avatar: str) -> str:
    # Comments compare by id, so with these three the words are known. When a web process comes back, hundreds of
    # watchers ask for the same few comments within a second.
    return render_to_string("social/comment.html", {"comment": comment})
