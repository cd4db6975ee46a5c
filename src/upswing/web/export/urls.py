"""Addresses of what can be taken along and brought back."""

from django.urls import path

from upswing.web.export import targets, views

urlpatterns = [
    path("teams/all/<str:slug>/workbook.xlsx", views.team_workbook, name="team_all_workbook"),
    path("teams/<uuid:team>/<str:slug>/workbook.xlsx", views.team_workbook, name="team_workbook"),
    path("teams/all/<str:slug>/cards.csv", views.team_cards, name="team_all_cards"),
    path("teams/<uuid:team>/<str:slug>/cards.csv", views.team_cards, name="team_cards"),
    path("reps/<uuid:rep>/scorecard/<str:slug>/workbook.xlsx", views.rep_workbook, name="scorecard_workbook"),
    path("targets/workbook/", targets.bring, name="targets_workbook"),
    path("targets/workbook/agreed/", targets.agree, name="targets_agreed"),
]
