/** Holds how far the learner is and what the checks said; it judges nothing and knows no page. */

import { ISignal, Signal } from '@lumino/signaling';

import type { Api } from './api';
import { Batch, Schedule } from './frames';
import {
  ICourse,
  IExercise,
  IFeedback,
  IHint,
  ILesson,
  Language,
  Message
} from './views';

/** The state in which an exercise is shown. */
export type ExerciseState = 'new' | 'not yet' | 'passed' | 'broken';

/** An exercise and the lesson that it is in. */
export interface IPlace {
  lesson: ILesson;
  exercise: IExercise;
}

type CourseApi = Pick<Api, 'course' | 'begin' | 'check' | 'hint' | 'restart'>;

/** The course in one language, and the learner's progress in it. */
export class CourseModel {
  constructor(
    private readonly api: CourseApi,
    language: Language,
    schedule?: Schedule
  ) {
    this.lang = language;
    this.batch = new Batch(() => this.changedSignal.emit(), schedule);
  }

  /** Emitted at most once a frame, when anything is different. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  get course(): ICourse | null {
    return this.standing;
  }

  /** Why the course could not be had, "" where it could. */
  get problem(): string {
    return this.failure;
  }

  get language(): Language {
    return this.lang;
  }

  /** Show the course in another language. */
  async speak(language: Language): Promise<void> {
    if (language === this.lang) {
      return;
    }
    this.lang = language;
    // What was said in the other language would stand between the new sentences.
    this.said.clear();
    this.hinted.clear();
    this.goals.clear();
    await this.refresh();
  }

  /** What was last said about an exercise. */
  feedback(id: string): IFeedback | undefined {
    return this.said.get(id);
  }

  /** What was passed last while the panel was there. */
  get lastPassed(): IFeedback | null {
    return this.latest;
  }

  /** The hints that were taken here, the first one first. */
  hints(id: string): readonly IHint[] {
    return this.hinted.get(id) ?? [];
  }

  /** What an exercise wants, where it was begun here. */
  goal(id: string): string {
    return this.goals.get(id) ?? '';
  }

  /** Whether an answer about an exercise is being waited for. */
  isBusy(id: string): boolean {
    return this.busy.has(id);
  }

  state(exercise: IExercise): ExerciseState {
    const said = this.said.get(exercise.id);
    if (exercise.status === 'passed' || said?.passed) {
      return 'passed';
    }
    if (said?.outcome === 'broken') {
      return 'broken';
    }
    return said || exercise.status === 'started' ? 'not yet' : 'new';
  }

  /** Find an exercise; undefined where the course has none of that name. */
  find(id: string): IPlace | undefined {
    return this.places().find(({ exercise }) => exercise.id === id);
  }

  /** The exercise to do next, undefined where all are passed. */
  get next(): IPlace | undefined {
    return this.find(this.standing?.next ?? '');
  }

  private places(): IPlace[] {
    const lessons = (this.standing?.chapters ?? []).flatMap(
      chapter => chapter.lessons
    );
    return lessons.flatMap(lesson =>
      lesson.exercises.map(exercise => ({ lesson, exercise }))
    );
  }

  /** Take in one message of the live connection. */
  apply(message: Message): void {
    if (message.type === 'exercise') {
      this.say(message.value);
      this.batch.request();
    } else if (message.type === 'snapshot') {
      message.exercises.forEach(said => this.said.set(said.id, said));
      void this.refresh();
    } else if (message.type === 'course') {
      void this.refresh();
    }
  }

  /** Ask how far the learner is; the answers to questions that were overtaken are dropped. */
  async refresh(): Promise<void> {
    const question = ++this.asked;
    try {
      const standing = await this.api.course(this.lang);
      if (question === this.asked) {
        this.standing = standing;
        this.failure = '';
      }
    } catch (reason) {
      this.failure = (reason as Error).message;
    }
    this.batch.request();
  }

  /** Put an exercise: the machine is brought to its starting state. */
  async begin(id: string): Promise<void> {
    const task = await this.wait(id, this.api.begin(id, this.lang));
    this.goals.set(id, task.goal);
    await this.refresh();
  }

  /** Judge an exercise by what the machine holds now. */
  async check(id: string): Promise<void> {
    this.say(await this.wait(id, this.api.check(id, this.lang)));
    await this.refresh();
  }

  /** Take the next hint. */
  async hint(id: string): Promise<void> {
    const hint = await this.wait(id, this.api.hint(id, this.lang));
    const known = this.hints(id).filter(other => other.number !== hint.number);
    this.hinted.set(id, [...known, hint]);
    await this.refresh();
  }

  /** Bring the machine to the exercise's starting state. */
  async restart(id: string): Promise<void> {
    const task = await this.wait(id, this.api.restart(id, this.lang));
    this.goals.set(id, task.goal);
    this.said.delete(id);
    this.hinted.delete(id);
    await this.refresh();
  }

  private say(feedback: IFeedback): void {
    const place = this.find(feedback.id);
    if (
      feedback.outcome === 'passed' &&
      place &&
      this.state(place.exercise) !== 'passed'
    ) {
      this.latest = feedback;
    }
    this.said.set(feedback.id, feedback);
  }

  private async wait<T>(id: string, answer: Promise<T>): Promise<T> {
    this.busy.add(id);
    this.batch.request();
    try {
      return await answer;
    } finally {
      this.busy.delete(id);
      this.batch.request();
    }
  }

  private lang: Language;
  private standing: ICourse | null = null;
  private failure = '';
  private latest: IFeedback | null = null;
  private asked = 0;
  private readonly said = new Map<string, IFeedback>();
  private readonly hinted = new Map<string, IHint[]>();
  private readonly goals = new Map<string, string>();
  private readonly busy = new Set<string>();
  private readonly batch: Batch;
  private readonly changedSignal = new Signal<this, void>(this);
}
