"""Address of who looked."""

from django.urls import path

from upswing.web.looks import views

urlpatterns = [path("reps/<uuid:rep>/views/", views.show, name="looks")]
