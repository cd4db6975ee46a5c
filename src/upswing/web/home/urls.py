"""Address of the start page."""

from django.urls import path

from upswing.web.home import views

urlpatterns = [path("", views.show, name="home")]
