"""The outlines that come with the program, in Russian and English. Data, nothing else."""

from reports.writers.outlines.outline import EARLIER, POINT, SECTIONS, Outline, Part

SUMMARY = Part(
    "summary",
    "summary",
    {"ru": "Кратко", "en": "Summary"},
    context=SECTIONS,
    depends_on=("topic", "decision", "action_item", "question"),
)
TOPIC = Part("topic", "topic", {"ru": "Темы", "en": "Topics"})
DECISION = Part("decision", "decision", {"ru": "Решения", "en": "Decisions"})
ACTION_ITEM = Part("action_item", "action_item", {"ru": "Поручения", "en": "Action items"})
QUESTION = Part("question", "question", {"ru": "Открытые вопросы", "en": "Open questions"})
FIGURE = Part("figure", "figure", {"ru": "Цифры и даты", "en": "Figures and dates"})

MINUTES = Outline(
    "minutes",
    {"ru": "Протокол совещания, краткий", "en": "Meeting minutes"},
    (SUMMARY, TOPIC, DECISION, ACTION_ITEM, QUESTION, FIGURE),
)
PROTOCOL = Outline(
    "protocol",
    {"ru": "Официальный протокол", "en": "Official protocol"},
    (
        Part("topic", "topic", {"ru": "Рассмотренные вопросы", "en": "Matters heard"}),
        Part("decision", "decision", {"ru": "Постановили", "en": "Resolved"}),
        ACTION_ITEM,
        Part("question", "question", {"ru": "Отложенные вопросы", "en": "Matters left open"}),
        FIGURE,
    ),
    layout="protocol",
)
STANDUP = Outline(
    "standup",
    {"ru": "Стендап", "en": "Stand-up"},
    (
        Part(
            "done",
            POINT,
            {"ru": "Что сделано", "en": "Done"},
            {
                "ru": "Что каждый участник уже сделал. Каждый пункт начинается с имени: "
                "«Анна: закончила отчёт». Не включай планы и обещания.",
                "en": "What each person has already done. Begin each point with the name: "
                "“Anna: finished the report”. Leave out plans and promises.",
            },
            rule="done",
        ),
        Part(
            "plans",
            POINT,
            {"ru": "Что будет сделано", "en": "Next"},
            {
                "ru": "Чем каждый участник собирается заняться до следующей встречи. "
                "Каждый пункт начинается с имени.",
                "en": "What each person is going to work on until the next meeting. "
                "Begin each point with the name.",
            },
            rule="plans",
        ),
        Part(
            "blockers",
            POINT,
            {"ru": "Что мешает", "en": "Blockers"},
            {
                "ru": "Что кому мешает и чего или кого он ждёт. Каждый пункт начинается с имени. "
                "Если кому-то ничего не мешает, о нём не пиши.",
                "en": "What keeps whom from going on, and what or whom they wait for. Begin each "
                "point with the name. Leave out those whom nothing blocks.",
            },
            rule="blockers",
        ),
        ACTION_ITEM,
        DECISION,
    ),
)
INTERVIEW = Outline(
    "interview",
    {"ru": "Интервью", "en": "Interview"},
    (
        Part(
            "summary",
            "summary",
            {"ru": "Главное", "en": "In short"},
            context=SECTIONS,
            depends_on=("answers", "figure"),
        ),
        Part(
            "answers",
            POINT,
            {"ru": "Вопросы и ответы", "en": "Questions and answers"},
            {
                "ru": "Каждый вопрос, который задали, и ответ на него, в одном пункте: вопрос, "
                "тире, суть ответа. В порядке разговора; процитируй и вопрос, и ответ.",
                "en": "Each question that was asked and its answer, in one point: the question, "
                "a dash, the gist of the answer. In the order of the talk; cite both.",
            },
            rule="answers",
        ),
        FIGURE,
        Part("question", "question", {"ru": "Осталось без ответа", "en": "Left unanswered"}),
        Part("action_item", "action_item", {"ru": "Дальнейшие шаги", "en": "Next steps"}),
    ),
)
LECTURE = Outline(
    "lecture",
    {"ru": "Конспект лекции", "en": "Lecture notes"},
    (
        Part("topic", "topic", {"ru": "План лекции", "en": "Course of the lecture"}),
        Part(
            "key_points",
            POINT,
            {"ru": "Ключевые мысли", "en": "Key points"},
            {
                "ru": "Ключевые мысли лекции: утверждения, объяснения, выводы, примеры, без "
                "которых остальное не понять. По одной мысли в пункте.",
                "en": "The key points of the lecture: claims, explanations, conclusions and the "
                "examples that they need. One thought in each point.",
            },
            rule="key_points",
        ),
        Part(
            "definitions",
            POINT,
            {"ru": "Определения", "en": "Definitions"},
            {
                "ru": "Понятия, которые лектор определяет или объясняет: термин, тире, что он "
                "значит словами лектора.",
                "en": "Terms that the lecturer defines or explains: the term, a dash, what it "
                "means in the lecturer's words.",
            },
            rule="definitions",
        ),
        Part("figure", "figure", {"ru": "Числа и даты", "en": "Figures and dates"}),
        Part(
            "answers",
            POINT,
            {"ru": "Вопросы слушателей", "en": "Questions of the audience"},
            {
                "ru": "Вопросы слушателей и ответы лектора, в одном пункте: вопрос, тире, ответ.",
                "en": "Questions of the audience with the lecturer's answers, in one point: the "
                "question, a dash, the answer.",
            },
            rule="answers",
        ),
        Part(
            "assignments",
            POINT,
            {"ru": "Задания", "en": "Assignments"},
            {
                "ru": "Что слушателям задано: прочитать, решить, подготовить, и к какому сроку.",
                "en": "What the audience is to do: read, solve, prepare, and until when.",
            },
            rule="assignments",
        ),
    ),
)
ONE_TO_ONE = Outline(
    "one_to_one",
    {"ru": "Встреча один на один", "en": "One-to-one"},
    (
        Part("decision", "decision", {"ru": "Договорённости", "en": "Agreements"}),
        ACTION_ITEM,
        Part(
            "feedback",
            POINT,
            {"ru": "Обратная связь", "en": "Feedback"},
            {
                "ru": "Обратная связь: кто что похвалил, чем недоволен, что советует. Каждый пункт "
                "начинается с имени того, кто это сказал.",
                "en": "Feedback: who praised, criticised or advised what. Begin each point with "
                "the name of the one who said it.",
            },
            rule="feedback",
        ),
        Part(
            "difficulties",
            POINT,
            {"ru": "Трудности", "en": "Difficulties"},
            {
                "ru": "Что мешает, беспокоит или задерживает работу, и чьи это слова. Если на "
                "прошлой встрече об этом уже шла речь, скажи, что изменилось.",
                "en": "What hinders, worries or delays, and whose words these are. Where the "
                "meeting before spoke of it already, say what has changed.",
            },
            context=EARLIER,
            rule="blockers",
        ),
        QUESTION,
        FIGURE,
    ),
)
OUTLINES = {
    outline.key: outline for outline in (MINUTES, PROTOCOL, STANDUP, INTERVIEW, LECTURE, ONE_TO_ONE)
}
"""By their keys, in the order in which they are offered."""
