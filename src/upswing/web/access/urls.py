"""Addresses of one's own access."""

from django.urls import path

from upswing.web.access import feeds, views

urlpatterns = [
    path("access/", views.show, name="access"),
    path("access/tokens/new/", views.new, name="token_new"),
    path("access/feeds/new/", feeds.new, name="feed_new"),
    path("access/tokens/<uuid:token>/revocation/", views.revoke, name="token_revocation"),
]
