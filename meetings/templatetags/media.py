"""What players are told of the sound."""

from django import template
from django.conf import settings

from meetings import storage

register = template.Library()


@register.simple_tag
def address_seconds() -> int:
    """How long an address lasts to which the one of a recording leads; 0 where it leads nowhere."""
    return 0 if storage.is_folder() else settings.AWS_S3_ADDRESS_SECONDS
