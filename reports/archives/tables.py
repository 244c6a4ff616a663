"""Which rows an export holds: every table of the product, or the reason why it is not in it."""

OF_MEETING = {
    "meetings.Meeting": "pk",
    "meetings.Recording": "meeting",
    "meetings.Job": "meeting",
    "meetings.StageRun": "job__meeting",
    "meetings.Attempt": "stage__job__meeting",
    "meetings.Attachment": "meeting",
    "meetings.AttachmentPage": "attachment__meeting",
    "meetings.MeetingShare": "meeting",
    "meetings.MeetingLink": "meeting",
    "meetings.Notification": "job__meeting",
    "meetings.RetentionNotice": "meeting",
    "transcription.Transcript": "meeting",
    "transcription.Speaker": "transcript__meeting",
    "transcription.Turn": "transcript__meeting",
    "transcription.Window": "transcript__meeting",
    "transcription.Segment": "transcript__meeting",
    "transcription.TranscriptEdit": "transcript__meeting",
    "transcription.VoiceSample": "speaker__transcript__meeting",
    "transcription.VoiceRefusal": "speaker__transcript__meeting",
    "transcription.Bookmark": "meeting",
    "reports.Minutes": "meeting",
    "reports.Section": "minutes__meeting",
    "reports.Statement": "section__minutes__meeting",
    "reports.Evidence": "statement__section__minutes__meeting",
    "reports.Edit": "minutes__meeting",
    "reports.Review": "minutes__meeting",
    "reports.Comment": "minutes__meeting",
    "reports.Approval": "minutes__meeting",
    "reports.ActionItem": "meeting",
    "reports.CarriedItem": "statement__section__minutes__meeting",
    "reports.Mailing": "minutes__meeting",
    "reports.Delivery": "mailing__minutes__meeting",
    "reports.Reminder": "item__meeting",
    "reports.ReviewMail": "minutes__meeting",
    "reports.TemplatePreview": "meeting",
}
"""In a meeting's folder: the model, and how it leads to the meeting."""

OF_WORKSPACE = {
    "accounts.Workspace": "pk",
    "accounts.Membership": "workspace",
    "accounts.Invitation": "workspace",
    "accounts.Quota": "workspace",
    "meetings.Series": "workspace",
    "meetings.Retention": "workspace",
    "meetings.Deletion": "workspace",
    "meetings.StageUsage": "workspace",
    "meetings.Webhook": "workspace",
    "meetings.WebhookDelivery": "webhook__workspace",
    "transcription.VoiceRule": "workspace",
    "transcription.KnownVoice": "workspace",
    "reports.Template": "workspace",
    "reports.DefaultTemplate": "workspace",
    "reports.LanguageModel": "workspace",
    "reports.LlmCall": "workspace",
    "reports.ProtocolNumber": "workspace",
}
"""In a workspace's folder."""

OF_PERSON = {
    "accounts.User": "pk",
    "accounts.Membership": "user",
    "accounts.ApiKey": "user",
    "accounts.TokenFamily": "user",
    "meetings.MeetingShare": "user",
    "meetings.Upload": "begun_by",
    "transcription.Bookmark": "author",
    "reports.CalendarFeed": "user",
    "reports.Question": "asked_by",
    "reports.Comment": "author",
    "reports.Review": "reviewer",
}
"""In an account's folder: what is the person's, wherever it is."""

NOT_EXPORTED = {
    "accounts.AuditEntry": "has pages and tables of its own, for owners and for everybody",
    "accounts.EmailCode": "codes of a quarter of an hour",
    "accounts.Letter": "mails on their way, with codes and links in them",
    "meetings.IdempotencyKey": "answers of a day, copies of what is here",
    "meetings.OutboxMessage": "messages between processes, without content",
    "meetings.Operation": "the operator's history",
    "meetings.StrayMessage": "the operator's",
    "meetings.UploadPart": "pieces of files on their way",
    "meetings.RetentionMail": "whether a mail went out",
    "meetings.WebhookMail": "whether a mail went out",
    "transcription.Passage": "what the segments mean, as numbers made from them",
    "reports.AnswerSentence": "answers, made of what the meetings' folders hold",
    "reports.Citation": "what those answers quote",
    "reports.Archive": "exports themselves",
    "reports.ArchiveMail": "whether a mail went out",
}
"""The others, and why."""

SECRETS = {
    "accounts.Invitation": ("digest",),
    "accounts.User": ("password",),
    "accounts.ApiKey": ("digest",),
    "accounts.TokenFamily": ("newest", "password_mark"),
    "meetings.MeetingLink": ("digest", "password"),
    "meetings.Webhook": ("sealed_secret",),
    "reports.CalendarFeed": ("digest",),
    "reports.LanguageModel": ("sealed_key",),
    "transcription.KnownVoice": ("vector",),
    "transcription.Speaker": ("embedding",),
    "transcription.VoiceSample": ("vector",),
}
"""Fields that open doors, or know voices: in no export."""

SHARED = {"transcription.Bookmark": "is_shared"}
"""Rows that are their author's alone unless this field is true: in a meeting's folder only then."""
