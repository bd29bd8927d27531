"""Every door of social."""

from django.urls import path

from social import api
from social.consumers import ThreadConsumer
from social.views import likes, thread

urlpatterns = [
    path("listings/<oid:pk>/comments/", thread.comment_create, name="comment-create"),
    path("listings/<oid:pk>/comments/earlier/", thread.thread, name="thread"),
    path("listings/<oid:pk>/comments/lock/", thread.thread_lock, name="thread-lock"),
    path("listings/<oid:pk>/like/", likes.listing_like, name="listing-like"),
    path("comments/<oid:pk>/edit/", thread.comment_edit, name="comment-edit"),
    path("comments/<oid:pk>/remove/", thread.comment_remove, name="comment-remove"),
    path("my/likes/", likes.my_likes, name="my-likes"),
]
api_urlpatterns = [
    path("listings/<oid:pk>/comments/", api.CommentListApi.as_view(), name="comment-list"),
    path("comments/<oid:pk>/", api.CommentApi.as_view(), name="comment"),
    path("listings/<oid:pk>/like/", api.LikeApi.as_view(), name="like"),
    path("me/likes/", api.MyLikeListApi.as_view(), name="my-like-list"),
]
websocket_urlpatterns = [path("ws/listings/<oid:pk>/", ThreadConsumer.as_asgi())]
