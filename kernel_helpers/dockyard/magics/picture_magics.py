"""The magic that shows pictures of what the engine holds; how they look is not known here."""

from IPython.core.magic import Magics, line_magic, magics_class, no_var_expand

from dockyard import pictures
from dockyard.errors import UsageError
from dockyard.i18n import gettext as _
from dockyard.machine import Machine
from dockyard.magics.notebook import start_if_needed, without_traceback
from dockyard.magics.sessions import default_machine
from dockyard.widgets.shown import show
from dockyard.widgets.view import View


@magics_class
class PictureMagics(Magics):
    """%picture."""

    @line_magic
    @no_var_expand
    @without_traceback
    def picture(self, line: str) -> None:
        """Show a picture: the layers of an image, what a container changed, or the networks.

        %picture layers IMAGE

        %picture changes CONTAINER

        %picture network
        """
        kind, *names = line.split() or [""]
        if kind not in pictures.KINDS:
            raise UsageError(
                _("There are pictures of: {kinds}.").format(kinds=", ".join(pictures.KINDS)), "%picture layers nginx"
            )
        wanted = 0 if kind == "network" else 1
        if len(names) != wanted:
            examples = {"layers": "nginx", "changes": "web"}
            raise UsageError(
                _("%picture {kind} needs one name.").format(kind=kind)
                if wanted
                else _("%picture network takes nothing after it."),
                f"%picture {kind} {examples.get(kind, '')}".strip(),
            )
        start_if_needed(default_machine())
        drawn = pictures.draw(Machine(default_machine()), kind, *names)
        show(View("\n".join([drawn.title, *drawn.text]), drawn.svg, drawn.svg))
