"""Addresses of the team board."""

from django.urls import path

from upswing.web.team import views

urlpatterns = [
    path("teams/all/<str:slug>/", views.everybody, name="team_all"),
    path("teams/<uuid:team>/<str:slug>/", views.show, name="team"),
]
