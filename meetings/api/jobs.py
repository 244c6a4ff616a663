"""Jobs: watched, tried again, cancelled."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import job_of
from meetings.documents import job_document
from meetings.errors import NothingToCancel
from meetings.models import Job
from meetings.openapi import location, problems
from meetings.serializers import JobSerializer
from meetings.services import jobs


def job_url(job: Job) -> str:
    """The path at which a job is watched."""
    return reverse("api:job", args=[job.pk])


class JobDetail(APIView):
    """One job."""

    @extend_schema(operation_id="jobs_retrieve", responses=JobSerializer)
    def get(self, request: Request, pk: Any) -> Response:
        """The job with its stages, their errors and the seconds left."""
        return Response(job_document(job_of(request.user, pk)))


class JobRetry(APIView):
    """Try a failed or cancelled job again."""

    @extend_schema(
        operation_id="jobs_retry",
        request=None,
        parameters=[location(202)],
        responses={202: JobSerializer, **problems(402, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """From the stage that failed; what is done is not done again."""
        return accepted(request, jobs.retry(job=job_of(request.user, pk, to_change=True)))


class JobCancel(APIView):
    """Stop a job."""

    @extend_schema(
        operation_id="jobs_cancel",
        request=None,
        parameters=[location(202)],
        responses={202: JobSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """The running stage notices within seconds; what is done is kept."""
        job = job_of(request.user, pk, to_change=True)
        if not jobs.cancel(job=job):
            raise NothingToCancel
        return accepted(request, job)


def accepted(request: Request, job: Job) -> Response:
    """202 with the job as it is now."""
    fresh = Job.objects.select_related("meeting__recording").get(pk=job.pk)
    return Response(
        job_document(fresh),
        status=status.HTTP_202_ACCEPTED,
        headers={"Location": request.build_absolute_uri(job_url(fresh))},
    )
