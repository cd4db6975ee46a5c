"""Addresses of the scorecard."""

from django.urls import path

from upswing.web.scorecard import views

urlpatterns = [
    path("reps/me/scorecard/<str:slug>/", views.mine, name="my_scorecard"),
    path("reps/<uuid:rep>/scorecard/<str:slug>/", views.show, name="scorecard"),
]
