import * as React from 'react';

import { course, exercise, feedback } from '../../model/__tests__/examples';
import { CourseView } from '../course';
import { Bench } from './render';

describe('CourseView', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = new Bench();
    bench.api.course.mockImplementation(() =>
      Promise.resolve(
        course(
          exercise({ status: 'started' }),
          exercise({
            id: 'images.two',
            title: 'Two',
            status: 'passed',
            seconds: 120
          })
        )
      )
    );
    await bench.dockyard.course.refresh();
    await bench.show(<CourseView />);
  });

  afterEach(() => bench.remove());

  it('says how far the learner is, and what comes next', () => {
    expect(bench.text).toContain('1 of 2 exercises passed · 2 min');
    expect(bench.node.querySelector('.dockyard-card')?.textContent).toContain(
      'Next stepRun one'
    );
    const states = [
      ...bench.node.querySelectorAll<HTMLElement>('[data-state]')
    ].map(row => row.dataset['state']);
    expect(states).toEqual(['not yet', 'passed']);
  });

  it('shows what a check found, with its code', async () => {
    bench.api.check.mockResolvedValue(feedback());
    await bench.press('Check: Run `one`');
    const answer = bench.node.querySelector(
      '.dockyard-card .dockyard-feedback'
    );
    expect(answer?.textContent).toContain('The container one exited with 127.');
    expect(answer?.querySelector('code')?.textContent).toBe('one');
    expect(answer?.closest('[role=status]')).not.toBeNull();
  });

  it('lets a screen reader hear once what the next step and its row both show', async () => {
    bench.api.check.mockResolvedValue(feedback());
    const row = bench.node.querySelector('[data-exercise="images.one"]');
    await bench.settle(() => row?.closest('button')?.click());
    await bench.press('Check: Run `one`');
    const answers = [...bench.node.querySelectorAll('.dockyard-feedback')];
    expect(answers).toHaveLength(2);
    expect(
      answers.filter(answer => answer.closest('[role=status]'))
    ).toHaveLength(1);
  });

  it('shows live what was passed, also where the next step is another one by then', async () => {
    bench.api.course.mockImplementation(() =>
      Promise.resolve(
        course(
          exercise({ status: 'passed' }),
          exercise({ id: 'images.two', title: 'Two' })
        )
      )
    );
    await bench.settle(() => {
      bench.dockyard.course.apply({
        type: 'exercise',
        seq: 1,
        value: feedback({ outcome: 'passed', passed: true })
      });
      bench.dockyard.course.apply({ type: 'course', seq: 2 });
    });
    const card = bench.node.querySelector('.dockyard-card')?.textContent;
    expect(card).toContain('Passed: Run one');
    expect(card).toContain('Two');
  });

  it('begins an exercise, and then says what is to be done', async () => {
    await bench.settle(() => {
      bench.api.course.mockResolvedValue(course(exercise()));
      void bench.dockyard.course.refresh();
    });
    bench.api.begin.mockImplementation(() => {
      const begun = exercise({ status: 'started', goal: 'Start `one`.' });
      bench.api.course.mockResolvedValue(course(begun));
      return Promise.resolve();
    });
    await bench.press('Begin: Run `one`');
    expect(bench.node.querySelector('.dockyard-card')?.textContent).toContain(
      'Start one.'
    );
  });

  it('shows after a reload what is to be done and the hints that were taken', async () => {
    bench.api.course.mockResolvedValue(
      course(
        exercise({
          status: 'started',
          goal: 'Start `one`.',
          hints: 1,
          hintsTaken: ['Look at `docker run`.']
        })
      )
    );
    await bench.settle(() => void bench.dockyard.course.refresh());
    const card = bench.node.querySelector('.dockyard-card')?.textContent;
    expect(card).toContain('Start one.');
    expect(card).toContain('Hint 1 of 2Look at docker run.');
  });

  it('opens the lesson at the cell of the exercise', async () => {
    await bench.press('Open: Run `one`');
    expect(bench.page.reveal).toHaveBeenCalledWith(
      'en/01-images.ipynb',
      'one-goal'
    );
  });

  it('says why a hint could not be had', async () => {
    await bench.press('Hint: Run `one`');
    expect(
      bench.node.querySelector('[role=alert]:not([hidden])')?.textContent
    ).toBe('refused');
  });

  it('says nothing of that exercise under the next one, and leaves the keyboard where it is', async () => {
    await bench.press('Hint: Run `one`');
    bench
      .buttons()
      .find(({ textContent }) => textContent === 'Check')
      ?.focus();
    const focused = document.activeElement;
    bench.api.course.mockResolvedValue(
      course(
        exercise({ status: 'passed' }),
        exercise({ id: 'images.two', title: 'Two' })
      )
    );
    await bench.settle(() => void bench.dockyard.course.refresh());
    expect(bench.node.querySelector('.dockyard-card')?.textContent).toContain(
      'Two'
    );
    expect(bench.node.querySelector('[role=alert]:not([hidden])')).toBeNull();
    expect(focused?.textContent).toBe('Begin');
    expect(document.activeElement).toBe(focused);
  });

  it('takes no second click while a check is under way, and its button stays enabled to keep the focus', async () => {
    bench.api.check.mockReturnValue(new Promise(() => undefined));
    await bench.press('Check: Run `one`');
    await bench.press('Check: Run `one`');
    await bench.press('Hint: Run `one`');
    expect(bench.api.check).toHaveBeenCalledTimes(1);
    expect(bench.api.hint).not.toHaveBeenCalled();
    const check = bench
      .buttons()
      .find(({ textContent }) => textContent === 'Check');
    expect(check?.getAttribute('aria-disabled')).toBe('true');
    expect(check?.hasAttribute('disabled')).toBe(false);
  });

  const problem = () =>
    bench.node.querySelector('[role=alert]:not([hidden])')?.textContent;

  it('says that what it shows could not be brought up to date', async () => {
    bench.api.course.mockRejectedValueOnce(new Error('gone'));
    await bench.settle(() => void bench.dockyard.course.refresh());
    expect(problem()).toBe('gone');
    expect(bench.text).toContain('1 of 2 exercises passed');
    await bench.settle(() => void bench.dockyard.course.refresh());
    expect(problem()).toBeUndefined();
  });

  it('says that the choice of a language could not be kept', async () => {
    jest
      .spyOn(bench.dockyard.course, 'speak')
      .mockRejectedValue(new Error('read-only'));
    await bench.press('中文');
    expect(problem()).toBe('read-only');
  });

  it('asks for the course in the language that is chosen', async () => {
    await bench.press('中文');
    expect(bench.api.course).toHaveBeenLastCalledWith('zh');
  });
});
