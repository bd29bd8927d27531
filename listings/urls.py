"""Every door of listings."""

from django.urls import path

from listings.api import catalogue, listings
from listings.api import photos as photos_api
from listings.views import browse, closet, photos, sell

urlpatterns = [
    path("c/", browse.category_list, name="category-list"),
    path("brands/", browse.brand_list, name="brand-list"),
    path("listings/<oid:pk>/", browse.listing_detail, name="listing-detail"),
    path("listings/<oid:pk>/more/", browse.listing_more, name="listing-more"),
    path("listings/<oid:pk>/<str:slug>/", browse.listing_detail, name="listing-detail"),
    path("closet/<str:username>/", closet.closet_detail, name="closet-detail"),
    path("my/closet/", closet.my_closet, name="my-closet"),
    path("sell/", sell.sell, name="sell"),
    path("sell/sizes/", sell.size_options, name="size-options"),
    path("sell/earning/", sell.earning, name="earning"),
    path("sell/<oid:pk>/", sell.listing_edit, name="listing-edit"),
    path("sell/<oid:pk>/publish/", sell.listing_publish, name="listing-publish"),
    path("sell/<oid:pk>/status/", sell.listing_status, name="listing-status"),
    path("sell/<oid:pk>/photos/", photos.photo_add, name="photo-add"),
    path("sell/<oid:pk>/photos/order/", photos.photo_order, name="photo-order"),
    path("sell/<oid:pk>/photos/remove/", photos.photo_remove, name="photo-remove"),
]
api_urlpatterns = [
    path("listings/<oid:pk>/", listings.ListingApi.as_view(), name="listing"),
    path("listings/<oid:pk>/publish/", listings.ListingPublishApi.as_view(), name="listing-publish"),
    path("listings/<oid:pk>/status/", listings.ListingStatusApi.as_view(), name="listing-status"),
    path("listings/<oid:pk>/stock/", listings.StockApi.as_view(), name="stock"),
    path("listings/<oid:pk>/photos/", photos_api.PhotoListApi.as_view(), name="photo-list"),
    path("listings/<oid:pk>/photos/order/", photos_api.PhotoOrderApi.as_view(), name="photo-order"),
    path("listings/<oid:pk>/photos/<str:key>/", photos_api.PhotoApi.as_view(), name="photo"),
    path("me/listings/", listings.MyListingListApi.as_view(), name="my-listing-list"),
    path("categories/", catalogue.CategoryListApi.as_view(), name="category-list"),
    path("categories/<slug:slug>/", catalogue.CategoryApi.as_view(), name="category"),
    path("brands/", catalogue.BrandListApi.as_view(), name="brand-list"),
    path("closets/<str:username>/", catalogue.ClosetApi.as_view(), name="closet"),
    path(
        "closets/<str:username>/listings/",
        catalogue.ClosetListingListApi.as_view(),
        name="closet-listing-list",
    ),
]
websocket_urlpatterns: list = []
