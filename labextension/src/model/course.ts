/** Holds how far the learner is and what the checks said; it judges nothing and knows no page. */

import { ISignal, Signal } from '@lumino/signaling';

import { speak } from '../request';
import type { Api } from './api';
import { Batch, Schedule } from './frames';
import {
  ICourse,
  IExercise,
  IFeedback,
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

/** A hint that was taken. */
export interface IHint {
  text: string;
  /** Which one it is, from 1. */
  number: number;
  total: number;
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
    speak(language);
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

  /** Show the course in another language, and have everything else answered in it as well. */
  async speak(language: Language): Promise<void> {
    if (language === this.lang) {
      return;
    }
    this.lang = language;
    speak(language);
    await this.refresh();
  }

  /** What was last said about an exercise since it was begun, in the language that is shown. */
  feedback(id: string): IFeedback | undefined {
    const exercise = this.find(id)?.exercise;
    const said = exercise && this.verdict(exercise);
    return said?.language === this.lang ? said : undefined;
  }

  /** What was passed last while the panel was there. */
  get lastPassed(): IExercise | undefined {
    return this.find(this.latest)?.exercise;
  }

  /** The hints that were taken, the first one first. */
  hints(id: string): readonly IHint[] {
    const exercise = this.find(id)?.exercise;
    return (exercise?.hintsTaken ?? []).map((text, index) => ({
      text,
      number: index + 1,
      total: exercise?.hintsTotal ?? 0
    }));
  }

  /** What an exercise wants, where it was begun. */
  goal(id: string): string {
    return this.find(id)?.exercise.goal ?? '';
  }

  /** Whether an answer about an exercise is being waited for. */
  isBusy(id: string): boolean {
    return this.busy.has(id);
  }

  state(exercise: IExercise): ExerciseState {
    const said = this.verdict(exercise);
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

  /** What was last said about the attempt that goes on; it was another one before the exercise was started over. */
  private verdict({ id, started }: IExercise): IFeedback | undefined {
    const said = this.said.get(id);
    return said?.started === started ? said : undefined;
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
      if (question === this.asked) {
        this.failure = (reason as Error).message;
      }
    }
    this.batch.request();
  }

  /** Put an exercise: the machine is brought to its starting state. */
  async begin(id: string): Promise<void> {
    await this.wait(id, this.api.begin(id, this.lang));
    await this.refresh();
  }

  /** Judge an exercise by what the machine holds now. */
  async check(id: string): Promise<void> {
    this.say(await this.wait(id, this.api.check(id, this.lang)));
    await this.refresh();
  }

  /** Take the next hint. */
  async hint(id: string): Promise<void> {
    await this.wait(id, this.api.hint(id, this.lang));
    await this.refresh();
  }

  /** Bring the machine to the exercise's starting state. */
  async restart(id: string): Promise<void> {
    await this.wait(id, this.api.restart(id, this.lang));
    await this.refresh();
  }

  private say(feedback: IFeedback): void {
    const place = this.find(feedback.id);
    if (
      feedback.outcome === 'passed' &&
      place &&
      this.state(place.exercise) !== 'passed'
    ) {
      this.latest = feedback.id;
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
  private latest = '';
  private asked = 0;
  private readonly said = new Map<string, IFeedback>();
  private readonly busy = new Set<string>();
  private readonly batch: Batch;
  private readonly changedSignal = new Signal<this, void>(this);
}
