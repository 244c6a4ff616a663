"""Routes of the API."""

from django.urls import path

from meetings.api import (
    attachments,
    bin,
    invitations,
    jobs,
    media,
    meetings,
    series,
    sharing,
    uploads,
    webhooks,
    workspaces,
)

urlpatterns = [
    path("meetings/", meetings.MeetingList.as_view(), name="meetings"),
    path("meetings/<uuid:pk>/", meetings.MeetingDetail.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/process/", meetings.MeetingProcess.as_view(), name="process"),
    path("meetings/<uuid:pk>/cancel/", meetings.MeetingCancel.as_view(), name="cancel"),
    path("meetings/<uuid:pk>/ticket/", meetings.MeetingTicket.as_view(), name="ticket"),
    path("meetings/<uuid:pk>/media/", media.MeetingMedia.as_view(), name="media"),
    path("meetings/<uuid:pk>/peaks/", media.MeetingPeaks.as_view(), name="peaks"),
    path("meetings/<uuid:pk>/shares/", sharing.MeetingShares.as_view(), name="shares"),
    path(
        "meetings/<uuid:pk>/shares/<int:share>/",
        sharing.MeetingShareDetail.as_view(),
        name="share",
    ),
    path("meetings/<uuid:pk>/links/", sharing.MeetingLinks.as_view(), name="links"),
    path("meetings/<uuid:pk>/links/<int:link>/", sharing.MeetingLinkDetail.as_view(), name="link"),
    path("uploads/", uploads.UploadList.as_view(), name="uploads"),
    path("uploads/<uuid:pk>/", uploads.UploadDetail.as_view(), name="upload"),
    path("uploads/<uuid:pk>/parts/", uploads.UploadParts.as_view(), name="upload-parts"),
    path("uploads/<uuid:pk>/parts/<int:number>/", uploads.UploadPart.as_view(), name="upload-part"),
    path(
        "uploads/<uuid:pk>/parts/<int:number>/data/",
        uploads.UploadPartData.as_view(),
        name="upload-part-data",
    ),
    path("uploads/<uuid:pk>/complete/", uploads.UploadComplete.as_view(), name="upload-complete"),
    path("bin/", bin.BinList.as_view(), name="bin"),
    path("bin/<uuid:pk>/", bin.BinDetail.as_view(), name="binned"),
    path("bin/<uuid:pk>/restore/", bin.BinRestore.as_view(), name="restore"),
    path("series/", series.SeriesList.as_view(), name="series"),
    path("series/<uuid:pk>/", series.SeriesDetail.as_view(), name="series-detail"),
    path("attachments/", attachments.AttachmentList.as_view(), name="attachments"),
    path("attachments/<uuid:pk>/", attachments.AttachmentDetail.as_view(), name="attachment"),
    path(
        "attachments/<uuid:pk>/file/", attachments.AttachmentFile.as_view(), name="attachment-file"
    ),
    path(
        "attachments/<uuid:pk>/agenda/",
        attachments.AttachmentAgenda.as_view(),
        name="attachment-agenda",
    ),
    path(
        "attachments/<uuid:pk>/pages/<int:number>/",
        attachments.AttachmentPageDetail.as_view(),
        name="attachment-page",
    ),
    path("webhooks/", webhooks.WebhookList.as_view(), name="webhooks"),
    path("webhooks/<uuid:pk>/", webhooks.WebhookDetail.as_view(), name="webhook"),
    path("webhooks/<uuid:pk>/test/", webhooks.WebhookTest.as_view(), name="webhook-test"),
    path(
        "webhooks/<uuid:pk>/deliveries/",
        webhooks.DeliveryList.as_view(),
        name="webhook-deliveries",
    ),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery>/",
        webhooks.DeliveryDetail.as_view(),
        name="webhook-delivery",
    ),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery>/again/",
        webhooks.DeliveryAgain.as_view(),
        name="webhook-delivery-again",
    ),
    path("workspaces/", workspaces.WorkspaceList.as_view(), name="workspaces"),
    path("workspaces/<int:pk>/", workspaces.WorkspaceDetail.as_view(), name="workspace"),
    path("workspaces/<int:pk>/members/", workspaces.WorkspaceMembers.as_view(), name="members"),
    path(
        "workspaces/<int:pk>/members/<int:person>/",
        workspaces.WorkspaceMember.as_view(),
        name="member",
    ),
    path(
        "workspaces/<int:pk>/invitations/",
        invitations.WorkspaceInvitations.as_view(),
        name="invitations",
    ),
    path(
        "workspaces/<int:pk>/invitations/<int:invitation>/",
        invitations.WorkspaceInvitation.as_view(),
        name="workspace-invitation",
    ),
    path("jobs/<uuid:pk>/", jobs.JobDetail.as_view(), name="job"),
    path("jobs/<uuid:pk>/retry/", jobs.JobRetry.as_view(), name="retry"),
    path("jobs/<uuid:pk>/cancel/", jobs.JobCancel.as_view(), name="cancel-job"),
]
