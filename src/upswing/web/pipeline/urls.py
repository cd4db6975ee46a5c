"""Addresses of the pipeline and of deals."""

from django.urls import path

from upswing.web.pipeline import deals, moving, views

urlpatterns = [
    path("pipeline/", views.mine, name="pipeline"),
    path("pipeline/<str:slug>/", views.show, name="pipeline_all"),
    path("reps/<uuid:rep>/pipeline/<str:slug>/", views.show, name="pipeline_rep"),
    path("teams/<uuid:team>/pipeline/<str:slug>/", views.show, name="pipeline_team"),
    path("deals/<uuid:deal>/", deals.show, name="deal"),
    path("deals/<uuid:deal>/lost/", deals.lose, name="deal_lost"),
    path("deals/<uuid:deal>/not-lost/", deals.take_back, name="deal_not_lost"),
    path("deals/<uuid:deal>/said/", deals.say, name="deal_said"),
    path("deals/<uuid:deal>/move/<path:stage>/", moving.move, name="deal_move"),
]
