"""Addresses of disputes."""

from django.urls import path

from upswing.web.disputes import views

urlpatterns = [
    path("disputes/", views.waiting, name="disputes"),
    path("reps/<uuid:rep>/metrics/<str:key>/<str:slug>/dispute/", views.say, name="dispute"),
    path("disputes/<uuid:dispute>/settlement/", views.settle_one, name="dispute_settlement"),
]
