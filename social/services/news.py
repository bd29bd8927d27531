"""What social tells people: comments on their listings, mentions, likes of their listings."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from bson import ObjectId
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from listings.models import Listing
from marketplace.core.db import on_commit
from notices import services as notices
from notices.services import Kind, News, register_kind
from social.models import Comment, Like

Pair = tuple[ObjectId, ObjectId]  # listing, person
COMMENT = register_kind(Kind(
    name="comment", label=_("Comments on your listings"), icon="message-circle", is_mailed=True,
    one=_("{who} commented on {what}"), many=_("{count} comments on {what}, the latest by {who}"),
))  # fmt: skip
MENTION = register_kind(Kind(
    name="mention", label=_("Comments that mention you"), icon="at-sign", is_mailed=True,
    one=_("{who} mentioned you in the conversation about {what}"),
    many=_("{count} comments mention you in the conversation about {what}, the latest by {who}"),
))  # fmt: skip
LIKE = register_kind(Kind(
    name="like", label=_("Likes of your listings"), icon="heart", one=_("{who} liked {what}"),
))  # fmt: skip


def tell_about_comments(*, comment_ids: Collection[ObjectId]) -> None:
    """Tells sellers and those who are mentioned of comments as they are now, and takes back what was removed.

    In the caller's transaction; doing it again changes nothing.
    """
    comments = Comment.objects.in_bulk(list(comment_ids))
    there = [comment for comment in comments.values() if not comment.is_removed]
    listings = _listings(comment.listing_id for comment in there)
    names = {name for comment in there for name in comment.mentions}
    people = dict(User.objects.filter(username__in=names).values_list("username", "pk")) if names else {}
    notices.notify(
        news
        for comment in there
        if comment.listing_id in listings
        for news in _about(
            comment, listings[comment.listing_id], [people[n] for n in comment.mentions if n in people]
        )
    )
    _take_back_removed(comment_ids)
    # Again once it is stored: one that was removed meanwhile may have been handled before it was told.
    on_commit(lambda: _take_back_removed(comment_ids))


def tell_about_likes(*, pairs: Collection[Pair]) -> None:
    """Tells sellers of these likes as they are now; of one that was taken back, what is not read goes.

    In the caller's transaction; doing it again changes nothing.
    """
    likes = _likes_of(pairs)
    listings = _listings(listing_id for listing_id, _person in likes)
    notices.notify(
        News(
            person_id=listing.seller_id, kind=LIKE.name, key=_like_key(pair), actor_id=pair[1], at=like.created_at,
            **_subject(listing),
        )
        for pair, like in likes.items()
        if (listing := listings.get(pair[0]))
    )  # fmt: skip
    _take_back_unliked(pairs)
    on_commit(lambda: _take_back_unliked(pairs))


def _about(comment: Comment, listing: Listing, mentioned: list[ObjectId]) -> Iterable[News]:
    told = dict.fromkeys(mentioned, MENTION)
    told.setdefault(listing.seller_id, COMMENT)  # of two reasons, that they were spoken to
    for person_id, kind in told.items():
        yield News(
            person_id=person_id, kind=kind.name, key=_comment_key(comment.pk), actor_id=comment.author_id,
            at=comment.created_at, text=comment.body, deep_url=f"{listing.get_absolute_url()}#comment-{comment.pk}",
            **_subject(listing),
        )  # fmt: skip


def _subject(listing: Listing) -> dict[str, str]:
    cover = listing.cover
    return {
        "group": str(listing.pk), "title": listing.title, "url": listing.get_absolute_url(),
        "picture": cover.key if cover and cover.is_ready else "",
    }  # fmt: skip


def _take_back_removed(comment_ids: Collection[ObjectId]) -> None:
    gone = Comment.objects.filter(pk__in=comment_ids).exclude(removed_by="").values_list("pk", flat=True)
    if keys := [_comment_key(pk) for pk in gone]:
        notices.withdraw(keys)


def _take_back_unliked(pairs: Collection[Pair]) -> None:
    there = _likes_of(pairs)
    if keys := [_like_key(pair) for pair in pairs if pair not in there]:
        notices.withdraw(keys, only_unread=True)


def _likes_of(pairs: Collection[Pair]) -> dict[Pair, Like]:
    wanted = reduce(or_, (Q(listing_id=listing_id, user_id=user_id) for listing_id, user_id in pairs))
    return {(like.listing_id, like.user_id): like for like in Like.objects.filter(wanted)}


def _listings(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, Listing]:
    return Listing.objects.public().cards().in_bulk(list(set(listing_ids)))


def _comment_key(comment_id: ObjectId) -> str:
    return f"comment:{comment_id}"


def _like_key(pair: Pair) -> str:
    return f"like:{pair[0]}:{pair[1]}"
