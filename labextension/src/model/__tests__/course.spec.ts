import { CourseModel } from '../course';
import type { ICourse, IFeedback } from '../views';
import { course, exercise, feedback, snapshot } from './examples';

describe('CourseModel', () => {
  let standing: ICourse;
  const api = {
    course: jest.fn((): Promise<ICourse> => Promise.resolve(standing)),
    begin: jest.fn(() => Promise.resolve()),
    check: jest.fn((): Promise<IFeedback> => Promise.resolve(feedback())),
    hint: jest.fn(() => Promise.resolve()),
    restart: jest.fn(() => Promise.resolve())
  };
  let model: CourseModel;

  beforeEach(async () => {
    jest.clearAllMocks();
    standing = course(exercise(), exercise({ id: 'images.two' }));
    model = new CourseModel(api, 'en', frame => frame());
    await model.refresh();
  });

  it('knows what to do next', () => {
    expect(model.next?.exercise.id).toBe('images.one');
    expect(model.next?.lesson.path).toBe('en/01-images.ipynb');
  });

  it('shows each state: new, not yet, broken, passed', async () => {
    const one = exercise();
    expect(model.state(one)).toBe('new');
    expect(model.state(exercise({ status: 'started' }))).toBe('not yet');
    await model.check(one.id);
    expect(model.state(one)).toBe('not yet');
    model.apply({
      type: 'exercise',
      seq: 1,
      value: feedback({ outcome: 'broken' })
    });
    expect(model.state(one)).toBe('broken');
    model.apply({
      type: 'exercise',
      seq: 2,
      value: feedback({ outcome: 'passed', passed: true })
    });
    expect(model.state(one)).toBe('passed');
    expect(model.lastPassed?.id).toBe(one.id);
  });

  it('stays passed when a later check says not yet', () => {
    model.apply({
      type: 'exercise',
      seq: 1,
      value: feedback({ passed: true })
    });
    expect(model.state(exercise())).toBe('passed');
    expect(model.lastPassed).toBeUndefined();
  });

  it('asks again when the standing has changed, and after a snapshot with what was said before', async () => {
    standing = course(
      exercise({ status: 'passed' }),
      exercise({ id: 'images.two' })
    );
    model.apply({ type: 'course', seq: 1 });
    await Promise.resolve();
    await Promise.resolve();
    expect(model.next?.exercise.id).toBe('images.two');
    model.apply(snapshot({ exercises: [feedback({ id: 'images.two' })] }));
    expect(model.feedback('images.two')?.found).toContain('127');
    expect(api.course).toHaveBeenCalledTimes(3);
  });

  it('drops an answer that was overtaken', async () => {
    let answerFirst: (answer: ICourse) => void = () => undefined;
    api.course.mockImplementationOnce(
      () => new Promise(resolve => (answerFirst = resolve))
    );
    const first = model.refresh();
    standing = course();
    await model.refresh();
    answerFirst(course(exercise()));
    await first;
    expect(model.course?.total).toBe(0);
  });

  it('drops a failure that was overtaken', async () => {
    let failFirst: (reason: Error) => void = () => undefined;
    api.course.mockImplementationOnce(
      () => new Promise((_, reject) => (failFirst = reject))
    );
    const first = model.refresh();
    await model.refresh();
    failFirst(new Error('gone'));
    await first;
    expect(model.problem).toBe('');
  });

  it('tells the goal of an exercise that was begun, and the hints that were taken, of what the server remembers', async () => {
    expect(model.goal('images.one')).toBe('');
    expect(model.hints('images.one')).toEqual([]);
    standing = course(
      exercise({ goal: 'Run `one`.', hintsTaken: ['Look', '`docker run`'] })
    );
    await model.refresh();
    expect(model.goal('images.one')).toBe('Run `one`.');
    expect(model.hints('images.one')).toEqual([
      { text: 'Look', number: 1, total: 2 },
      { text: '`docker run`', number: 2, total: 2 }
    ]);
    expect(api.hint).not.toHaveBeenCalled();
  });

  it('asks what is remembered after each step', async () => {
    for (const step of ['begin', 'hint', 'restart'] as const) {
      const goal = `After ${step}`;
      api[step].mockImplementationOnce(() => {
        standing = course(exercise({ goal }));
        return Promise.resolve();
      });
      await model[step]('images.one');
      expect(model.goal('images.one')).toBe(goal);
    }
  });

  it('shows nothing of what was said before an exercise was started over, wherever that was', async () => {
    standing = course(exercise({ status: 'started', started: 100 }));
    model.apply(
      snapshot({ exercises: [feedback({ outcome: 'broken', started: 100 })] })
    );
    await model.refresh();
    expect(model.feedback('images.one')?.started).toBe(100);
    expect(model.next && model.state(model.next.exercise)).toBe('broken');
    standing = course(exercise({ status: 'started', started: 200.25 }));
    await model.refresh();
    expect(model.feedback('images.one')).toBeUndefined();
    expect(model.next && model.state(model.next.exercise)).toBe('not yet');
    model.apply({
      type: 'exercise',
      seq: 1,
      value: feedback({ started: 200.25 })
    });
    expect(model.feedback('images.one')?.started).toBe(200.25);
  });

  it('shows nothing in another language, also where it was said before the page was loaded', async () => {
    await model.speak('zh');
    model.apply(snapshot({ exercises: [feedback({ outcome: 'broken' })] }));
    expect(model.feedback('images.one')).toBeUndefined();
    expect(model.next && model.state(model.next.exercise)).toBe('broken');
    model.apply({
      type: 'exercise',
      seq: 1,
      value: feedback({ language: 'zh' })
    });
    expect(model.feedback('images.one')?.language).toBe('zh');
  });

  it('says why something failed, and is not busy for ever', async () => {
    api.restart.mockRejectedValueOnce(new Error('The machine is not running.'));
    await expect(model.restart('images.one')).rejects.toThrow('not running');
    expect(model.isBusy('images.one')).toBe(false);
    api.course.mockRejectedValueOnce(new Error('gone'));
    await model.refresh();
    expect(model.problem).toBe('gone');
    expect(model.course?.total).toBe(2);
  });

  it('begins the sentences anew in another language', async () => {
    await model.check('images.one');
    await model.speak('zh');
    expect(api.course).toHaveBeenLastCalledWith('zh');
    expect(model.feedback('images.one')).toBeUndefined();
    await model.speak('zh');
    expect(model.language).toBe('zh');
  });
});
