/** Draws a view with models of its own around it, for tests. */

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import { Causes } from '../../model/causes';
import { CourseModel } from '../../model/course';
import { EngineModel } from '../../model/engine';
import { PanelModel } from '../../model/panel';
import { TimelineModel } from '../../model/timeline';
import type { Language } from '../../model/views';
import { DockyardContext, IDockyard } from '../context';
import { Formats } from '../formats';

(globalThis as Record<string, unknown>)['IS_REACT_ACT_ENVIRONMENT'] = true;

/** The server's calls; each fails until a test says what it answers. */
function fakeApi() {
  const refuse = () => Promise.reject(new Error('refused'));
  return {
    course: jest.fn(refuse),
    begin: jest.fn(refuse),
    check: jest.fn(refuse),
    hint: jest.fn(refuse),
    restart: jest.fn(refuse),
    usage: jest.fn(refuse),
    machine: jest.fn(refuse),
    act: jest.fn(refuse),
    logs: jest.fn(refuse),
    timeline: jest.fn(refuse),
    picture: jest.fn(refuse)
  };
}

type FakeApi = Record<keyof ReturnType<typeof fakeApi>, jest.Mock>;

/** A desk without JupyterLab: what views share, and what they asked of the page. */
export class Bench {
  readonly api: FakeApi = fakeApi();
  readonly causes = new Causes();
  readonly page = {
    reveal: jest.fn(() => Promise.resolve()),
    showTerminal: jest.fn(),
    runInTerminal: jest.fn(() => Promise.resolve()),
    portUrl: (port: number) => `/port/${port}/`,
    enlarge: jest.fn(),
    confirm: jest.fn(() => Promise.resolve(true))
  };
  readonly dockyard: IDockyard = {
    engine: new EngineModel(this.causes, frame => frame()),
    course: new CourseModel(this.api, 'en', frame => frame()),
    timeline: new TimelineModel(this.api, this.causes, frame => frame()),
    panel: new PanelModel(),
    api: this.api,
    page: this.page,
    trans: nullTranslator.load('dockyard'),
    formats: new Formats('en'),
    speak: (language: Language) => this.dockyard.course.speak(language)
  };
  readonly node = document.createElement('div');
  private readonly root = createRoot(this.node);

  /** Draw a view. */
  async show(view: React.JSX.Element): Promise<void> {
    document.body.append(this.node);
    await this.settle(() =>
      this.root.render(
        <DockyardContext.Provider value={this.dockyard}>
          {view}
        </DockyardContext.Provider>
      )
    );
  }

  /** Do something and wait until it is drawn. */
  async settle(doing: () => void): Promise<void> {
    await React.act(async () => {
      doing();
      await Promise.resolve();
    });
  }

  /** Press the button of a name. */
  async press(name: string): Promise<void> {
    const button = this.buttons().find(other => nameOf(other) === name);
    if (!button) {
      throw new Error(
        `No button ${name} among: ${this.buttons().map(nameOf).join(', ')}`
      );
    }
    await this.settle(() => button.click());
  }

  buttons(): HTMLElement[] {
    return [...this.node.querySelectorAll<HTMLElement>('button')];
  }

  get text(): string {
    return this.node.textContent;
  }

  remove(): void {
    React.act(() => this.root.unmount());
    this.node.remove();
  }
}

/** The name of a button as a screen reader tells it. */
function nameOf(button: HTMLElement): string {
  return (button.getAttribute('aria-label') ?? button.textContent).trim();
}
