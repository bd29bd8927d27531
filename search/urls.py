"""Every door of search."""

from django.urls import path

from search.api import listings, saved
from search.views import pages
from search.views import saved as saved_pages

urlpatterns = [
    path("c/<slug:slug>/", pages.category_detail, name="category-detail"),
    path("brands/<slug:slug>/", pages.brand_detail, name="brand-detail"),
    path("brands/<slug:slug>/prices/", pages.brand_prices, name="brand-prices"),
    path("listings/<oid:pk>/similar/", pages.similar, name="similar"),
    path("search/", pages.results, name="results"),
    path("search/suggest/", pages.suggest, name="suggest"),
    path("search/recent/clear/", pages.recent_clear, name="recent-clear"),
    path("my/searches/", saved_pages.my_searches, name="my-searches"),
    path("my/searches/new/", saved_pages.my_search_add, name="my-search-add"),
    path("my/searches/<oid:pk>/", saved_pages.my_search_edit, name="my-search-edit"),
    path("my/searches/<oid:pk>/run/", saved_pages.my_search_run, name="my-search-run"),
    path("my/searches/<oid:pk>/delete/", saved_pages.my_search_delete, name="my-search-delete"),
    path("listings/<oid:pk>/wanted/", saved_pages.wanted, name="wanted"),
]
api_urlpatterns = [
    path("search/", listings.SearchApi.as_view(), name="search"),
    path("search/suggest/", listings.SuggestApi.as_view(), name="search-suggest"),
    path("listings/", listings.ListingListApi.as_view(), name="listing-list"),
    path("me/searches/", saved.SavedSearchListApi.as_view(), name="saved-list"),
    path("me/searches/<oid:pk>/", saved.SavedSearchApi.as_view(), name="saved"),
]
