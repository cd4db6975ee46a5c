"""Metrics about what a rep does: whom they reach, and the meetings that come of it."""

from upswing.core.measures import (
    CALLS,
    CONNECTS,
    CONVERSATIONS,
    EMAILS,
    EMAILS_ANSWERED,
    LEADS_ATTEMPTED,
    MEETINGS_BOOKED,
    MEETINGS_DUE,
    MEETINGS_HELD,
    MEETINGS_POSITIVE,
    MESSAGES,
    PROSPECTING_TIME,
    TALK_TIME,
    VISITS,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit

MADE = Metric(
    key="calls", label="Calls",
    help="Calls made in the period, whoever answered.",
    purpose="The input you steer yourself; read it beside what comes of it.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CALLS), evidence=CALLS,
)  # fmt: skip
ANSWERED = Metric(
    key="connects", label="Calls answered",
    help="Calls that a person answered, whoever it was.",
    purpose="Find the hours at which people pick up.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CONNECTS), evidence=CONNECTS,
)  # fmt: skip
CONNECTED = Metric(
    key="connect_rate", label="Connect rate",
    help="Calls that a person answered, of the calls made in the period.",
    purpose="Tells whether list and timing work; more calls into a silent list help nobody.",
    kind=Kind.CONVERSION, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(CONNECTS, per=CALLS), evidence=CALLS,
)  # fmt: skip
SPOKEN = Metric(
    key="conversations", label="Conversations",
    help="Calls in which the right person talked with the rep, for a minute or longer.",
    purpose="What calls are made for: talking with somebody who can decide.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CONVERSATIONS), evidence=CONVERSATIONS,
)  # fmt: skip
CONVERSATION_RATE = Metric(
    key="conversation_rate", label="Conversation rate",
    help="Calls with a conversation, of the calls that a person answered.",
    purpose="Tells how openings land, apart from how often people pick up.",
    kind=Kind.CONVERSION, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(CONVERSATIONS, per=CONNECTS), evidence=CONNECTS,
)  # fmt: skip
TALKED = Metric(
    key="talk_time", label="Talk time",
    help="Hours on calls in the period.",
    purpose="See where your hours go, beside what they bring.",
    kind=Kind.ACTIVITY, unit=Unit.HOURS, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(TALK_TIME), evidence=None,
)  # fmt: skip
EMAILED = Metric(
    key="emails", label="E-mails",
    help="E-mails sent in the period.",
    purpose="The input you steer yourself; read it beside the answers.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(EMAILS), evidence=EMAILS,
)  # fmt: skip
REPLIED = Metric(
    key="emails_answered", label="E-mails answered",
    help="E-mails of the period that were answered.",
    purpose="Tells which messages people react to.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(EMAILS_ANSWERED), evidence=EMAILS_ANSWERED,
)  # fmt: skip
REPLY_RATE = Metric(
    key="email_answer_rate", label="E-mail answer rate",
    help="E-mails answered, of the e-mails sent in the period.",
    purpose="Compare your own messages, and keep those that are answered.",
    kind=Kind.CONVERSION, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(EMAILS_ANSWERED, per=EMAILS), evidence=EMAILS,
)  # fmt: skip
VISITED = Metric(
    key="visits", label="Visits",
    help="Visits in person in the period.",
    purpose="See where visits bring more than calls do.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(VISITS), evidence=VISITS,
)  # fmt: skip
MESSAGED = Metric(
    key="messages", label="Messages",
    help="Messages sent on social networks in the period.",
    purpose="One channel beside the others, to compare what each brings.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MESSAGES), evidence=MESSAGES,
)  # fmt: skip
BOOKED = Metric(
    key="meetings_booked", label="Meetings booked",
    help="Meetings arranged in the period, on the day they were arranged.",
    purpose="The first result of reaching out, weeks before a deal.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_BOOKED), evidence=MEETINGS_BOOKED,
)  # fmt: skip
BOOKING_RATE = Metric(
    key="booking_rate", label="Meetings per conversation",
    help="Meetings arranged in the period, per conversation during it.",
    purpose="Tells whether conversations end with a next step.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(MEETINGS_BOOKED, per=CONVERSATIONS), evidence=CONVERSATIONS,
)  # fmt: skip
DUE = Metric(
    key="meetings_due", label="Meetings due",
    help="Meetings of the period that were not called off, on their own day.",
    purpose="Know what the calendar holds before you fill it.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_DUE), evidence=MEETINGS_DUE,
)  # fmt: skip
HELD = Metric(
    key="meetings_held", label="Meetings held",
    help="Meetings of the period that took place.",
    purpose="Deals come of meetings that take place.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_HELD), evidence=MEETINGS_HELD,
)  # fmt: skip
SHOWN = Metric(
    key="show_rate", label="Show rate",
    help="Meetings held, of the meetings due in the period.",
    purpose="A reminder the day before costs a minute and saves an hour.",
    kind=Kind.QUALITY, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(MEETINGS_HELD, per=MEETINGS_DUE), evidence=MEETINGS_DUE,
)  # fmt: skip
POSITIVE = Metric(
    key="meetings_positive", label="Positive meetings",
    help="Meetings of the period after which the buyer wanted to go on.",
    purpose="Judges the meeting itself, before anybody can know of a deal.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_POSITIVE), evidence=MEETINGS_POSITIVE,
)  # fmt: skip
POSITIVE_RATE = Metric(
    key="positive_rate", label="Positive meeting rate",
    help="Positive meetings, of the meetings held in the period.",
    purpose="Tells whether you meet the right people, well prepared.",
    kind=Kind.QUALITY, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(MEETINGS_POSITIVE, per=MEETINGS_HELD), evidence=MEETINGS_HELD,
)  # fmt: skip
PROSPECTED = Metric(
    key="prospecting_hours", label="Prospecting hours",
    help="Hours spent on finding and reaching new buyers in the period.",
    purpose="Protect the hours that next quarter lives on.",
    kind=Kind.ACTIVITY, unit=Unit.HOURS, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(PROSPECTING_TIME), evidence=None,
)  # fmt: skip
PER_HOUR = Metric(
    key="meetings_per_hour", label="Meetings per prospecting hour",
    help="Meetings arranged in the period, per hour of prospecting.",
    purpose="Find out which hours and sources pay.",
    kind=Kind.SPEED, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(MEETINGS_BOOKED, per=PROSPECTING_TIME), evidence=MEETINGS_BOOKED,
)  # fmt: skip
CALLS_PER_LEAD = Metric(
    key="calls_per_lead", label="Calls per lead tried",
    help="Calls made in the period, per lead first tried during it.",
    purpose="Two calls are often too few to reach somebody, ten too many.",
    kind=Kind.QUALITY, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(CALLS, per=LEADS_ATTEMPTED), evidence=LEADS_ATTEMPTED,
)  # fmt: skip
