import { CourseModel } from '../course';
import type { ICourse, IFeedback, IHint, ITask } from '../views';
import { course, exercise, feedback, snapshot } from './examples';

describe('CourseModel', () => {
  let standing: ICourse;
  const api = {
    course: jest.fn((): Promise<ICourse> => Promise.resolve(standing)),
    begin: jest.fn((id: string): Promise<ITask> =>
      Promise.resolve({
        id,
        title: 'One',
        goal: 'Run `one`.',
        passed: false,
        hints: 2
      })
    ),
    check: jest.fn((): Promise<IFeedback> => Promise.resolve(feedback())),
    hint: jest.fn((id: string): Promise<IHint> =>
      Promise.resolve({ id, text: 'Look', number: 1, total: 2 })
    ),
    restart: jest.fn((): Promise<ITask> =>
      Promise.reject(new Error('The machine is not running.'))
    )
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
    expect(model.lastPassed).toBeNull();
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

  it('tells the goal of an exercise that was begun', async () => {
    await model.begin('images.one');
    expect(model.goal('images.one')).toBe('Run `one`.');
    expect(model.goal('images.two')).toBe('');
  });

  it('collects hints, each once', async () => {
    await model.hint('images.one');
    await model.hint('images.one');
    expect(model.hints('images.one')).toHaveLength(1);
  });

  it('says why something failed, and is not busy for ever', async () => {
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
