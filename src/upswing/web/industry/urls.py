"""Addresses of the industry figures."""

from django.urls import path

from upswing.web.industry import views

urlpatterns = [
    path("setup/industry/", views.listed, name="industry"),
    path("setup/industry/new/", views.enter, name="industry_new"),
    path("setup/industry/pack/", views.bring, name="industry_pack"),
    path("setup/industry/pack/take/", views.take, name="industry_take"),
    path("setup/industry/pack.csv", views.empty, name="industry_empty"),
    path("setup/industry/<uuid:figure>/withdraw/", views.withdraw, name="industry_withdraw"),
]
