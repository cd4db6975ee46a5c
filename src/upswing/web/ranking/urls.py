"""Addresses of a team's rankings: before those of the team, whose period could be any word."""

from django.urls import path

from upswing.web.ranking import views

TEAM = "teams/<uuid:team>/ranking"

urlpatterns = [
    path("rankings/", views.mine, name="my_rankings"),
    path(f"{TEAM}/", views.deciding, name="rankings"),
    path(f"{TEAM}/on/", views.switch_on, name="ranking_on"),
    path(f"{TEAM}/<slug:key>/off/", views.switch_off, name="ranking_off"),
    path(f"{TEAM}/<slug:key>/<str:slug>/", views.show, name="ranking"),
]
