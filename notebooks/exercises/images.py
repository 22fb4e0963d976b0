"""The exercises of the lesson on images."""

from dockyard.exercises import Answer, Evidence, Exercise, Mistake, Parameters, _


def _check_pull_tag(the: Evidence, p: Parameters) -> None:
    the.image(f"debian:{p['tag']}").must_exist()


pull_tag = Exercise(
    id="images.pull_tag",
    title=_("Pull one tag"),
    goal=_("Bring the image `debian` with the tag `{tag}` to this machine."),
    notes=("16-22",),
    parameters={"tag": ("bookworm", "12")},
    setup="without_image debian debian:12 debian:bookworm",
    check=_check_pull_tag,
    hints=(
        _("`docker pull` takes a name and, after a colon, a tag."),
        _("Without a tag Docker asks for `latest`, and that is another one here."),
        _("`docker pull debian:{tag}`"),
    ),
    solution=Answer(
        "docker pull debian:{tag}",
        why=_(
            "The name `debian` has neither a registry nor a user in it, so Docker Hub and `library` are meant."
        ),
    ),
    others=(
        Answer(
            "docker pull docker.io/library/debian:{tag}",
            why=_("The same image by its full name."),
        ),
        Answer(
            "docker run --rm debian:{tag} true",
            why=_("`docker run` pulls an image that is not here yet."),
        ),
    ),
    mistakes=(
        Mistake("docker pull debian", gets="image.other_tag"),
        Mistake("docker pull nginx", gets="image.missing"),
    ),
)
