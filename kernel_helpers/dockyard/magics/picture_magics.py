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

_EXAMPLES = {"layers": "%picture layers nginx", "changes": "%picture changes web", "network": "%picture network"}


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
        example = _EXAMPLES.get(kind, "%picture layers nginx")
        if kind not in _EXAMPLES or len(names) != len(example.split()) - 2:
            raise UsageError(_("%picture takes: layers IMAGE, changes CONTAINER, or network."), example)
        start_if_needed(default_machine())
        drawn = pictures.draw(Machine(default_machine()), kind, *names)
        show(View("\n".join([drawn.title, *drawn.text]), drawn.svg, drawn.svg))
