"""Addresses that spreadsheets read."""

from django.urls import path

from upswing.web.feed import views

urlpatterns = [
    path("feed/<str:token>/team.csv", views.team, name="feed_team"),
    path("feed/<str:token>/scorecard.csv", views.scorecard, name="feed_scorecard"),
]
