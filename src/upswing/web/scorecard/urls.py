"""Addresses of the scorecard."""

from django.urls import path

from upswing.web.scorecard import printing, views

urlpatterns = [
    path("reps/me/scorecard/<str:slug>/", views.mine, name="my_scorecard"),
    path("reps/<uuid:rep>/scorecard/<str:slug>/", views.show, name="scorecard"),
    path("teams/all/<str:slug>/print/", printing.everybody, name="team_all_print"),
    path("teams/<uuid:team>/<str:slug>/print/", printing.everybody, name="team_print"),
]
