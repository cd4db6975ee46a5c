"""Address of the page of all metrics."""

from django.urls import path

from upswing.web.catalogue import views

urlpatterns = [path("metrics/", views.show, name="catalogue")]
