"""Deliveries to webhooks as the pages show them."""

from django import template

from meetings.models import WebhookDelivery

register = template.Library()

State = WebhookDelivery.State
KINDS = {
    State.PENDING: "pending",
    State.SENDING: "running",
    State.DELIVERED: "succeeded",
    State.FAILED: "failed",
    State.SKIPPED: "pending",
}


@register.filter
def delivery_kind(state: str) -> str:
    """The kind of badge for the state of a delivery."""
    return KINDS[State(state)]
