"""Addresses of the overview: everybody's, a team's, a rep's."""

from django.urls import path

from upswing.web.overview import views

urlpatterns = [
    path("overview/<str:slug>/", views.show, name="overview_all"),
    path("teams/<uuid:team>/overview/<str:slug>/", views.show, name="overview_team"),
    path("reps/<uuid:rep>/overview/<str:slug>/", views.show, name="overview_rep"),
]
