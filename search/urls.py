"""Every door of search."""

from django.urls import path

from search import api, views

urlpatterns = [
    path("c/<slug:slug>/", views.category_detail, name="category-detail"),
    path("brands/<slug:slug>/", views.brand_detail, name="brand-detail"),
    path("brands/<slug:slug>/prices/", views.brand_prices, name="brand-prices"),
    path("listings/<oid:pk>/similar/", views.similar, name="similar"),
    path("search/", views.results, name="results"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/recent/clear/", views.recent_clear, name="recent-clear"),
]
api_urlpatterns = [
    path("search/", api.SearchApi.as_view(), name="search"),
    path("search/suggest/", api.SuggestApi.as_view(), name="search-suggest"),
    path("listings/", api.ListingListApi.as_view(), name="listing-list"),
]
