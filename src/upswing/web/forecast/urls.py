"""Addresses of forecasts: everybody's, a team's, a rep's; and how forecasts have come out."""

from django.urls import path

from upswing.web.forecast import views

urlpatterns = [
    path("forecast/", views.landing, name="forecast"),
    path("forecast/accuracy/<str:kind>/", views.accuracy, name="accuracy"),
    path("forecast/<str:slug>/", views.everybody, name="forecast_all"),
    path("teams/<uuid:team>/forecast/<str:slug>/", views.of_team, name="forecast_team"),
    path("reps/<uuid:rep>/forecast/<str:slug>/", views.of_rep, name="forecast_rep"),
    path("reps/<uuid:rep>/forecast/<str:slug>/commit/", views.commit, name="forecast_commit"),
]
