"""Addresses of the sign-in: allauth's own, so that everything it refers to exists; signing up is closed."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.account.urls"))]
