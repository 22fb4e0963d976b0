"""The routes about the course: what there is to learn, and the tutor's answers; the tutor decides all of it."""

from dataclasses import asdict
from typing import Any

from tornado import web

from dockyard.errors import NotThereError
from dockyard.i18n import _, language
from dockyard.routes.handler import DockyardHandler
from dockyard.tutor import Feedback, Hint, LessonStanding, Standing, Syllabus, Task, Tutor


class CourseHandler(DockyardHandler):
    """GET dockyard/api/course?lang=."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with the chapters, lessons and exercises, how far the learner is, and what is next."""
        self.watch.lessons.speak(language())
        self.send_json(_course(await self.ask_tutor(Tutor.syllabus)))


def _course(syllabus: Syllabus) -> dict[str, Any]:
    report = syllabus.report
    return {
        "title": report.title,
        "language": syllabus.language,
        "passed": report.passed,
        "total": len(report.exercises),
        "predicted": report.predicted,
        "claims": report.claims,
        "notice": report.notice,
        "next": syllabus.next,
        "chapters": [
            {"id": chapter.id, "title": chapter.title, "lessons": [_lesson(lesson) for lesson in chapter.lessons]}
            for chapter in syllabus.chapters
        ],
    }


def _lesson(lesson: LessonStanding) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "title": lesson.title,
        "path": lesson.path,
        "exercises": [_exercise(standing, lesson.cells[standing.id]) for standing in lesson.exercises],
    }


def _exercise(standing: Standing, cell: str) -> dict[str, Any]:
    return {
        "id": standing.id,
        "title": standing.title,
        "status": standing.status,
        "checks": standing.checks,
        "hints": standing.hints,
        "hintsTotal": standing.hints_total,
        "solution": standing.solution,
        "seconds": standing.seconds,
        "started": standing.started,
        "goal": standing.goal,
        "hintsTaken": standing.hints_taken,
        "cell": cell,
    }


class ExerciseHandler(DockyardHandler):
    """POST dockyard/api/exercises/ID/start, check, hint or reset."""

    @web.authenticated
    async def post(self, name: str, action: str) -> None:
        """Let the tutor do it, and answer with what it says."""
        answer = await self.ask_tutor(lambda tutor: _ask(tutor, name, action))
        if isinstance(answer, Feedback):
            self.watch.lessons.tell(answer)
        self.send_json(asdict(answer))


def _ask(tutor: Tutor, name: str, action: str) -> Task | Feedback | Hint:
    if name not in tutor.course.exercises:
        raise NotThereError(_("There is no exercise {id}.").format(id=name), "%progress")
    if action == "start":
        return tutor.start(name)
    if action == "check":
        return tutor.check(name)
    return tutor.hint(name) if action == "hint" else tutor.reset(name)
