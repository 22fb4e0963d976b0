/** The shapes of what the server side tells (`routes/`, and `routes/live/views.py` for the engine's objects). */

export type MachineState =
  | 'running'
  | 'starting'
  | 'engine stopped'
  | 'unsupervised'
  | 'stopping'
  | 'stopped';

export interface IMachine {
  name: string;
  state: MachineState;
  /** The engine's version line, such as "26.1". */
  engine: string;
  /** When it was booted, in seconds since the epoch. */
  since: number | null;
  /** Whether cgroups hold it and its containers to limits. */
  limited: boolean;
  workspace: string;
}

/** A machine of which nothing can be read, and why. */
export interface IUnreadMachine {
  state: 'unknown';
  problem: string;
}

export type Machine = IMachine | IUnreadMachine;

export interface IPort {
  container: number;
  protocol: string;
  address: string;
  /** The port on the machine, 0 where it is exposed and not published. */
  host: number;
}

export interface IMount {
  type: string;
  name: string;
  source: string;
  target: string;
  writable: boolean;
}

export interface IEndpoint {
  name: string;
  id: string;
  address: string;
  aliases: string[];
}

export interface IContainer {
  id: string;
  name: string;
  image: string;
  imageId: string;
  command: string;
  state: string;
  health: string;
  exitCode: number;
  oomKilled: boolean;
  error: string;
  created: string;
  restarts: number;
  restartPolicy: string;
  autoRemove: boolean;
  ports: IPort[];
  mounts: IMount[];
  networks: IEndpoint[];
}

export interface IImage {
  id: string;
  tags: string[];
  /** In bytes. */
  size: number;
  /** Seconds since the epoch. */
  created: number;
  /** The content ids of its layers, the lowest first. */
  layers: string[];
}

export interface IVolume {
  id: string;
  name: string;
  driver: string;
  anonymous: boolean;
}

export interface INetwork {
  id: string;
  name: string;
  driver: string;
  internal: boolean;
  subnets: string[];
  gateways: string[];
}

/** The engine's objects by their kind. */
export interface IObjects {
  containers: IContainer;
  images: IImage;
  volumes: IVolume;
  networks: INetwork;
}

export type Kind = keyof IObjects;

export const KINDS: readonly Kind[] = [
  'containers',
  'images',
  'volumes',
  'networks'
];

export interface IEvent {
  /** Seconds since the epoch, by the engine's clock. */
  time: number;
  type: string;
  action: string;
  actor: string;
  attributes: Record<string, string>;
}

/** An event as the journal keeps it. */
export interface IJournalEvent extends IEvent {
  id: number;
  name: string;
}

export interface IFeedback {
  id: string;
  title: string;
  outcome: 'passed' | 'not yet' | 'broken';
  found: string;
  wanted: string;
  look_at: string;
  more: string;
  holds: string[];
  offer: string;
  checks: number;
  passed: boolean;
  language: Language;
  /** When the attempt that was judged began, as `IExercise` has it. */
  started: number;
}

export interface IExercise {
  id: string;
  title: string;
  status: 'new' | 'started' | 'passed';
  checks: number;
  hints: number;
  hintsTotal: number;
  solution: boolean;
  seconds: number;
  /** When it was started or last reset, in seconds since the epoch; 0 for never. */
  started: number;
  /** What is to be reached, "" where it was never started. */
  goal: string;
  /** The hints that were taken, the first one first. */
  hintsTaken: string[];
  /** The id of the cell that puts the exercise. */
  cell: string;
}

export interface ILesson {
  id: string;
  title: string;
  /** The notebook's path in the workspace. */
  path: string;
  exercises: IExercise[];
}

export interface IChapter {
  id: string;
  title: string;
  lessons: ILesson[];
}

export interface ICourse {
  title: string;
  language: Language;
  passed: number;
  total: number;
  predicted: number;
  claims: number;
  notice: string;
  /** The id of the exercise to do next, "" when all are passed. */
  next: string;
  chapters: IChapter[];
}

export type Language = 'en' | 'zh';

export interface IUsage {
  memory: number | null;
  memoryLimit: number | null;
  pids: number | null;
  pidsLimit: number | null;
  disk: number | null;
  diskFree: number | null;
  /** Seconds. */
  uptime: number | null;
}

export interface IPicture {
  title: string;
  svg: string;
  /** The same in words, a line for each thing. */
  text: string[];
}

export interface ILogs {
  text: string;
  truncated: boolean;
}

export interface ISnapshot {
  type: 'snapshot';
  run: string;
  seq: number;
  machine: Machine;
  containers: IContainer[];
  images: IImage[];
  volumes: IVolume[];
  networks: INetwork[];
  /** What was last said about exercises, before this page came. */
  exercises: IFeedback[];
}

/** A change of one object; no value means that it is gone. */
export type ObjectChange = {
  [K in Kind]: {
    type: 'object';
    seq: number;
    kind: K;
    id: string;
    value: IObjects[K] | null;
  };
}[Kind];

export type Message =
  | ISnapshot
  | ObjectChange
  | { type: 'machine'; seq: number; value: Machine }
  | { type: 'event'; seq: number; event: IEvent }
  | { type: 'exercise'; seq: number; value: IFeedback }
  | { type: 'course'; seq: number };
