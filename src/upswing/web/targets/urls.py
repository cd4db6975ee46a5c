"""Addresses of the targets."""

from django.urls import path

from upswing.web.targets import calendars, shaping, suggesting, views

TARGET = "targets/<str:slug>/<uuid:person>/<str:key>"

urlpatterns = [
    path("targets/", views.landed, name="targets"),
    path("targets/season/", shaping.season, name="targets_season"),
    path("targets/ramp/", shaping.ramp, name="targets_ramp"),
    path("targets/ramp/roles/", shaping.role, name="targets_role"),
    path("targets/calendar/", calendars.show, name="targets_calendar"),
    path("targets/calendar/week/", calendars.week, name="targets_week"),
    path("targets/calendar/holidays/", calendars.holiday, name="targets_holiday"),
    path("targets/calendar/off/", calendars.off, name="targets_off"),
    path("targets/<str:slug>/", views.show, name="targets_of"),
    path("targets/<str:slug>/proposals/", suggesting.proposals, name="targets_proposals"),
    path(f"{TARGET}/", views.one, name="target"),
    path(f"{TARGET}/<uuid:override>/withdrawal/", views.withdraw, name="target_withdrawal"),
]
