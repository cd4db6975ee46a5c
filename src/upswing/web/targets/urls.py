"""Addresses of the targets."""

from django.urls import path

from upswing.web.targets import calendars, held, places, shaping, suggesting, views

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
    path("targets/workplaces/", places.show, name="targets_places"),
    path("targets/workplaces/holidays/", places.choose, name="targets_choose"),
    path("targets/workplaces/days/", places.days, name="targets_days"),
    path("targets/workplaces/part-time/", places.part_time, name="targets_part_time"),
    path("targets/waiting/", held.show, name="targets_waiting"),
    path("targets/<str:slug>/", views.show, name="targets_of"),
    path("targets/<str:slug>/proposals/", suggesting.proposals, name="targets_proposals"),
    path(f"{TARGET}/", views.one, name="target"),
    path(f"{TARGET}/<uuid:override>/withdrawal/", views.withdraw, name="target_withdrawal"),
]
