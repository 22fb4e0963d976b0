/** Objects as the server tells them, for tests that need some. */

import type {
  ICourse,
  IContainer,
  IEvent,
  IExercise,
  IFeedback,
  IMachine,
  ISnapshot
} from '../views';

export function machine(changes: Partial<IMachine> = {}): IMachine {
  return {
    name: 'default',
    state: 'running',
    engine: '26.1',
    since: 1000,
    limited: true,
    workspace: 'somewhere',
    ...changes
  };
}

export function container(changes: Partial<IContainer> = {}): IContainer {
  return {
    id: 'c'.repeat(64),
    name: 'web',
    image: 'nginx',
    imageId: 'sha256:1',
    command: 'nginx -g daemon off;',
    state: 'running',
    health: '',
    exitCode: 0,
    oomKilled: false,
    error: '',
    created: '2026-01-01T00:00:00Z',
    restarts: 0,
    restartPolicy: 'no',
    autoRemove: false,
    ports: [],
    mounts: [],
    networks: [],
    ...changes
  };
}

export function snapshot(changes: Partial<ISnapshot> = {}): ISnapshot {
  return {
    type: 'snapshot',
    run: 'a',
    seq: 0,
    machine: machine(),
    containers: [],
    images: [],
    volumes: [],
    networks: [],
    exercises: [],
    ...changes
  };
}

export function event(changes: Partial<IEvent> = {}): IEvent {
  return {
    time: 1,
    type: 'container',
    action: 'start',
    actor: 'c'.repeat(64),
    attributes: { name: 'web', image: 'nginx' },
    ...changes
  };
}

export function exercise(changes: Partial<IExercise> = {}): IExercise {
  return {
    id: 'images.one',
    title: 'Run `one`',
    status: 'new',
    checks: 0,
    hints: 0,
    hintsTotal: 2,
    solution: false,
    seconds: 0,
    started: 0,
    goal: '',
    hintsTaken: [],
    cell: 'one-goal',
    ...changes
  };
}

export function course(...exercises: IExercise[]): ICourse {
  const passed = exercises.filter(({ status }) => status === 'passed').length;
  return {
    title: 'Docker',
    language: 'en',
    passed,
    total: exercises.length,
    predicted: 0,
    claims: 0,
    notice: '',
    next: exercises.find(({ status }) => status !== 'passed')?.id ?? '',
    chapters: [
      {
        id: 'images',
        title: 'Images',
        lessons: [
          {
            id: '01-images',
            title: 'Images',
            path: 'en/01-images.ipynb',
            exercises
          }
        ]
      }
    ]
  };
}

export function feedback(changes: Partial<IFeedback> = {}): IFeedback {
  return {
    id: 'images.one',
    title: 'Run one',
    outcome: 'not yet',
    found: 'The container `one` exited with 127.',
    wanted: '`one` running.',
    look_at: '`docker logs one`',
    more: '',
    holds: [],
    offer: '',
    checks: 1,
    passed: false,
    language: 'en',
    started: 0,
    ...changes
  };
}
