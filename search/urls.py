"""Every door of search."""

from typing import Any

from django.urls import path

from search import views

urlpatterns = [
    path("c/<slug:slug>/", views.category_detail, name="category-detail"),
    path("brands/<slug:slug>/", views.brand_detail, name="brand-detail"),
    path("search/", views.results, name="results"),
]
api_urlpatterns: list[Any] = []
