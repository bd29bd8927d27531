"""The verbs of social; the only code that writes comments and likes."""

from social.services.comments import edit_comment, post_comment, refresh_author, remove_comment
from social.services.likes import like_listing, liked_among, unlike_listing
from social.services.news import tell_about_comments, tell_about_likes
from social.services.threads import MILLISECONDS, changes_since, lock_thread, thread_group, unlock_thread

__all__ = [
    "MILLISECONDS", "changes_since", "edit_comment", "like_listing", "liked_among", "lock_thread", "post_comment",
    "refresh_author", "remove_comment", "tell_about_comments", "tell_about_likes", "thread_group", "unlike_listing",
    "unlock_thread",
]  # fmt: skip
