"""Whether a workspace's language model answers: a real call by a worker, kept with the choice.

No request waits for a model: the page asks for a trial and shows what came of it.
"""

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.acts import Act
from accounts.models import Workspace
from accounts.secrets import Unreadable
from accounts.services import audit
from reports.models import LanguageModel
from reports.services import language_models, llm_writing

TRY = "reports.writers.llm.trial.try_out"
"""By its path: vendors' libraries belong into the worker that asks."""
SECONDS = 60.0


@transaction.atomic
def ask_for(*, workspace: Workspace) -> bool:
    """Have the workspace's own choice tried; False where it has none that could be."""
    waiting = LanguageModel.objects.filter(workspace=workspace).exclude(
        provider=LanguageModel.Provider.NONE
    )
    if not waiting.update(trial=LanguageModel.Trial.WAITING, trial_reason="", trial_said=""):
        return False
    audit.record(Act.LANGUAGE_MODEL_TRIED, of=workspace)
    transaction.on_commit(lambda: _send(workspace.pk))
    return True


def carry_out(*, workspace_id: int) -> None:
    """Call the model once and keep what came; a choice changed meanwhile is left alone."""
    row = LanguageModel.objects.filter(
        workspace=workspace_id, trial=LanguageModel.Trial.WAITING
    ).first()
    if row is None:
        return
    reason, said = _tried(workspace_id)
    LanguageModel.objects.filter(
        pk=row.pk, trial=LanguageModel.Trial.WAITING, changed_at=row.changed_at
    ).update(
        trial=LanguageModel.Trial.FAILED if reason else LanguageModel.Trial.OK,
        trial_reason=reason,
        trial_said=said[:300],
        tried_at=timezone.now(),
    )


def _tried(workspace_id: int) -> tuple[str, str]:
    try:
        provider = language_models.of_workspace(workspace_id)
    except Unreadable:
        return llm_writing.KEY_LOST, ""
    if provider is None:
        return "", ""
    record = llm_writing.ledger(provider, None, None, workspace_id=workspace_id)
    reason, said = import_string(TRY)(
        provider, seconds=min(SECONDS, settings.LLM_CALL_SECONDS), record=record
    )
    return str(reason), str(said)


def _send(workspace_id: int) -> None:
    current_app.send_task("reports.tasks.try_language_model", args=[workspace_id], queue="llm")
