"""The shape of what is asked of exports and mailings in the API's schema."""

from typing import Any

from rest_framework import serializers

from reports.exports.formats import FORMATS, LANGUAGES, LAYOUTS
from reports.models import Delivery

MOST_ADDRESSES = 50


class MinutesExportQuery(serializers.Serializer[Any]):
    """Which file of the minutes."""

    format = serializers.ChoiceField(choices=list(FORMATS))
    layout = serializers.ChoiceField(choices=list(LAYOUTS), default="")
    transcript = serializers.BooleanField(default=False)
    language = serializers.ChoiceField(choices=list(LANGUAGES), default="")


class HeadSerializer(serializers.Serializer[Any]):
    """What a person adds to the head of the minutes."""

    place = serializers.CharField(required=False, allow_blank=True, max_length=255)
    chair = serializers.CharField(required=False, allow_blank=True, max_length=150)
    secretary = serializers.CharField(required=False, allow_blank=True, max_length=150)


class MailingRequestSerializer(serializers.Serializer[Any]):
    """To whom the minutes are sent, and as what."""

    to = serializers.ListField(
        child=serializers.EmailField(max_length=254), min_length=1, max_length=MOST_ADDRESSES
    )
    subject = serializers.CharField(max_length=200)
    text = serializers.CharField(required=False, allow_blank=True, max_length=5000, default="")
    format = serializers.ChoiceField(choices=list(FORMATS), default="pdf")
    layout = serializers.ChoiceField(choices=list(LAYOUTS), default="minutes")
    transcript = serializers.BooleanField(default=False)


class DeliverySerializer(serializers.Serializer[Any]):
    """What became of one address."""

    address = serializers.EmailField()
    state = serializers.ChoiceField(choices=Delivery.State.values)
    sent_at = serializers.DateTimeField(allow_null=True)


class MailingSerializer(serializers.Serializer[Any]):
    """Minutes that were sent, and to whom."""

    id = serializers.UUIDField()
    minutes = serializers.UUIDField(source="minutes_id")
    sent_by = serializers.CharField(allow_null=True, source="sent_by.email", default=None)
    subject = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    format = serializers.ChoiceField(choices=list(FORMATS))
    layout = serializers.ChoiceField(choices=list(LAYOUTS))
    transcript = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    deliveries = DeliverySerializer(many=True)
