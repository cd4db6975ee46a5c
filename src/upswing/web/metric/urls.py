"""Address of a number."""

from django.urls import path

from upswing.web.metric import views

urlpatterns = [path("reps/<uuid:rep>/metrics/<str:key>/<str:slug>/", views.show, name="metric")]
