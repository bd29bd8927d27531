"""Every door of notices."""

from django.urls import path

from notices import api
from notices.consumers import NewsConsumer
from notices.views import mails, news

urlpatterns = [
    path("news/", news.news, name="news"),
    path("news/<oid:pk>/mute/", news.notice_mute, name="notice-mute"),
    path("news/mail/<str:token>/", mails.mail_stop, name="mail-stop"),
    path("settings/news/", mails.mail_settings, name="mail-settings"),
]
api_urlpatterns = [
    path("news/", api.NewsListApi.as_view(), name="news-list"),
    path("news/read/", api.NewsReadApi.as_view(), name="news-read"),
    path("news/<oid:pk>/mute/", api.MuteApi.as_view(), name="mute"),
]
websocket_urlpatterns = [path("ws/news/", NewsConsumer.as_asgi())]
