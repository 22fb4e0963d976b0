// jsdom lacks what JupyterLab's packages expect of a browser when they are loaded.
globalThis.DragEvent = class DragEvent extends MouseEvent {};
globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
