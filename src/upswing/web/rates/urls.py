"""Addresses of the exchange rates."""

from django.urls import path

from upswing.web.rates import views

urlpatterns = [
    path("setup/rates/", views.listed, name="rates"),
    path("setup/rates/new/", views.enter, name="rates_new"),
]
