"""Addresses of stalled deals."""

from django.urls import path

from upswing.web.stalled import answers, several, views

urlpatterns = [
    path("stalled/", views.listed, name="stalled"),
    path("stalled/rule/", views.rule, name="stalled_rule"),
    path("stalled/several/", several.several, name="stalled_several"),
    path("stalled/several/<int:moment>/", several.done, name="stalled_done"),
    path("stalled/several/<int:moment>/take-back/", several.take_back, name="stalled_several_back"),
    path("stalled/<uuid:case>/", views.one, name="stalled_one"),
    path("stalled/<uuid:case>/next-step/", answers.next_step, name="stalled_next_step"),
    path("stalled/<uuid:case>/wait/", answers.wait, name="stalled_wait"),
    path("stalled/<uuid:case>/agreement/", answers.agree, name="stalled_agree"),
    path("stalled/<uuid:case>/confirmation/", answers.confirm, name="stalled_confirm"),
    path("stalled/<uuid:case>/take-back/", answers.take_back, name="stalled_take_back"),
    path("stalled/<uuid:case>/return/", answers.re_enter, name="stalled_return"),
]
