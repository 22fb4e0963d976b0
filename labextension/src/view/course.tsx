/** Shows the course: the next step, every exercise with its state, and what the checks and hints say. */

import { launchIcon, runIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { brokenIcon, newIcon, passedIcon, startedIcon } from '../icons';
import type { ExerciseState, IPlace } from '../model/course';
import type { IChapter, IFeedback, ILesson, Language } from '../model/views';
import { IAction, useAction, useChanges, useDockyard } from './context';
import {
  Button,
  Fold,
  Icon,
  Line,
  Meter,
  OwnFold,
  Problem,
  Prose,
  Sentence
} from './parts';
import { exerciseWord } from './words';

const ICONS = {
  new: newIcon,
  'not yet': startedIcon,
  passed: passedIcon,
  broken: brokenIcon
};

/** The whole course. */
export function CourseView() {
  const { course, trans } = useDockyard();
  useChanges(course.changed);
  const standing = course.course;
  if (!standing) {
    return course.problem ? (
      <Problem text={course.problem} />
    ) : (
      <p className="dockyard-quiet">{trans.__('The course is being read…')}</p>
    );
  }
  return (
    <>
      <Standing />
      <Problem text={course.problem} />
      {standing.notice && <Problem text={standing.notice} />}
      <Next place={course.next} />
      {standing.chapters.map(chapter => (
        <Chapter key={chapter.id} chapter={chapter} next={course.next} />
      ))}
    </>
  );
}

function Standing() {
  const { course, formats, trans } = useDockyard();
  const action = useAction();
  const standing = course.course;
  if (!standing) {
    return null;
  }
  const { passed, total, predicted, claims, chapters } = standing;
  const words = trans.__('%1 of %2 exercises passed', passed, total);
  const seconds = chapters
    .flatMap(chapter => chapter.lessons)
    .flatMap(lesson => lesson.exercises)
    .reduce((sum, exercise) => sum + exercise.seconds, 0);
  return (
    <section className="dockyard-standing">
      <div className="dockyard-row">
        <h2>{standing.title}</h2>
        <LanguageSwitch action={action} />
      </div>
      <Problem text={action.problem} />
      <Meter label={words} value={passed} largest={total} />
      <p className="dockyard-quiet">
        {words}
        {seconds >= 60 && (
          <> · {formats.duration(Math.floor(seconds / 60) * 60)}</>
        )}
        {claims > 0 && (
          <>
            {' '}
            · {trans.__('%1 of %2 claims predicted right', predicted, claims)}
          </>
        )}
      </p>
    </section>
  );
}

const LANGUAGES: readonly [Language, string][] = [
  ['en', 'English'],
  ['zh', '中文']
];

function LanguageSwitch({ action }: { action: IAction }) {
  const { course, speak, trans } = useDockyard();
  return (
    <span
      className="dockyard-switch"
      role="group"
      aria-label={trans.__('Language of the lessons')}
      title={trans.__(
        'The language of the lessons. JupyterLab’s own language is chosen in the menu Settings › Language.'
      )}
    >
      {LANGUAGES.map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={course.language === language}
          onClick={() => action.run(() => speak(language))}
        >
          {name}
        </button>
      ))}
    </span>
  );
}

function Next({ place }: { place: IPlace | undefined }) {
  const { course, trans } = useDockyard();
  const { lastPassed } = course;
  return (
    <section className="dockyard-card" aria-label={trans.__('Next step')}>
      <p role="status" className="dockyard-just-passed">
        {lastPassed && (
          <>
            <StateIcon state="passed" />{' '}
            <Sentence text={trans.__('Passed: %1', lastPassed.title)} />
          </>
        )}
      </p>
      <h3 className="dockyard-quiet">{trans.__('Next step')}</h3>
      {place ? (
        <>
          <p className="dockyard-strong">
            <Sentence text={place.exercise.title} />
          </p>
          <Answers place={place} />
        </>
      ) : (
        <p className="dockyard-strong">
          {trans.__('All exercises are passed.')}
        </p>
      )}
    </section>
  );
}

function Chapter({
  chapter,
  next
}: {
  chapter: IChapter;
  next: IPlace | undefined;
}) {
  const { trans } = useDockyard();
  const exercises = chapter.lessons.flatMap(lesson => lesson.exercises);
  const passed = exercises.filter(({ status }) => status === 'passed').length;
  const [only] = chapter.lessons;
  return (
    <OwnFold
      className="dockyard-section"
      opened={chapter.lessons.some(lesson => lesson.id === next?.lesson.id)}
      head={
        <>
          <span className="dockyard-grow">{chapter.title}</span>
          <span
            className="dockyard-count"
            title={trans.__(
              '%1 of %2 exercises passed',
              passed,
              exercises.length
            )}
          >
            {passed}/{exercises.length}
          </span>
        </>
      }
    >
      {chapter.lessons.length === 1 && only ? (
        <Lesson lesson={only} />
      ) : (
        chapter.lessons.map(lesson => (
          <section key={lesson.id}>
            <h4>{lesson.title}</h4>
            <Lesson lesson={lesson} />
          </section>
        ))
      )}
    </OwnFold>
  );
}

function Lesson({ lesson }: { lesson: ILesson }) {
  const { page, trans } = useDockyard();
  const action = useAction();
  return (
    <>
      <div className="dockyard-actions">
        <Button
          label={trans.__('Open the lesson')}
          about={lesson.title}
          icon={launchIcon}
          onClick={() => action.run(() => page.reveal(lesson.path, ''))}
        />
      </div>
      <Problem text={action.problem} />
      <ul className="dockyard-list">
        {lesson.exercises.map(exercise => (
          <li key={exercise.id}>
            <Exercise place={{ lesson, exercise }} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Exercise({ place }: { place: IPlace }) {
  const { course, formats, trans } = useDockyard();
  const { exercise } = place;
  const [isOpen, setOpen] = React.useState(false);
  const state = course.state(exercise);
  const tried = [
    state !== 'new' && exerciseWord(state, trans),
    exercise.checks > 0 && trans._n('%1 check', '%1 checks', exercise.checks),
    exercise.hints > 0 &&
      trans.__('%1 of %2 hints', exercise.hints, exercise.hintsTotal),
    exercise.seconds >= 60 &&
      formats.duration(Math.floor(exercise.seconds / 60) * 60)
  ].filter(Boolean);
  return (
    <Fold
      isOpen={isOpen}
      onToggle={() => setOpen(!isOpen)}
      head={
        <Line
          icon={<StateIcon state={state} />}
          title={
            <>
              <Sentence text={exercise.title} />
              {state === 'new' && (
                <span className="dockyard-unseen">
                  {', '}
                  {exerciseWord(state, trans)}
                </span>
              )}
            </>
          }
          data-exercise={exercise.id}
          data-state={state}
        >
          {tried.join(' · ')}
        </Line>
      }
    >
      <Answers
        place={place}
        isRepeated={course.next?.exercise.id === exercise.id}
      />
    </Fold>
  );
}

function StateIcon({ state }: { state: ExerciseState }) {
  return (
    <Icon
      icon={ICONS[state]}
      className={`dockyard-is-${state.replace(' ', '-')}`}
    />
  );
}

/** The buttons of an exercise, and what came of them; a screen reader hears what is repeated only once. */
function Answers({
  place,
  isRepeated = false
}: {
  place: IPlace;
  isRepeated?: boolean;
}) {
  const { course } = useDockyard();
  const { id } = place.exercise;
  const action = useAction(id);
  const feedback = course.feedback(id);
  const goal = course.goal(id);
  return (
    <>
      {goal && <Prose text={goal} />}
      <ExerciseButtons place={place} action={action} />
      <Problem text={action.problem} />
      <div
        role={isRepeated ? undefined : 'status'}
        className="dockyard-answers"
        aria-busy={course.isBusy(id)}
      >
        {feedback && <Feedback feedback={feedback} />}
        {course.hints(id).map(hint => (
          <HintText
            key={hint.number}
            number={hint.number}
            total={hint.total}
            text={hint.text}
          />
        ))}
      </div>
    </>
  );
}

function ExerciseButtons({
  place: { lesson, exercise },
  action
}: {
  place: IPlace;
  action: IAction;
}) {
  const { course, page, trans } = useDockyard();
  const isBusy = course.isBusy(exercise.id) || action.isBusy;
  const state = course.state(exercise);
  const restart = async () => {
    const agreed = await page.confirm(
      trans.__('Start this exercise over?'),
      trans.__(
        'The machine is brought to the starting state of the exercise, with new names and numbers. What was passed stays passed.'
      ),
      trans.__('Start over')
    );
    if (agreed) {
      await course.restart(exercise.id);
    }
  };
  return (
    <div className="dockyard-actions">
      <Button
        label={trans.__('Open')}
        about={exercise.title}
        icon={launchIcon}
        onClick={() =>
          action.run(() => page.reveal(lesson.path, exercise.cell))
        }
      />
      {state === 'new' ? (
        <Button
          label={trans.__('Begin')}
          about={exercise.title}
          icon={runIcon}
          isBusy={isBusy}
          onClick={() => action.run(() => course.begin(exercise.id))}
        />
      ) : (
        <Button
          label={trans.__('Check')}
          about={exercise.title}
          isBusy={isBusy}
          onClick={() => action.run(() => course.check(exercise.id))}
        />
      )}
      {state !== 'new' && state !== 'passed' && exercise.hintsTotal > 0 && (
        <Button
          label={trans.__('Hint')}
          about={exercise.title}
          isBusy={isBusy}
          onClick={() => action.run(() => course.hint(exercise.id))}
        />
      )}
      {state !== 'new' && (
        <Button
          label={trans.__('Start over')}
          about={exercise.title}
          isBusy={isBusy}
          onClick={() => action.run(restart)}
        />
      )}
    </div>
  );
}

function Feedback({ feedback }: { feedback: IFeedback }) {
  const { trans } = useDockyard();
  const { outcome, found, wanted, look_at: lookAt, more, holds } = feedback;
  const title = {
    passed: trans.__('Passed'),
    'not yet': trans.__('Not yet'),
    broken: trans.__('Not checked')
  }[outcome];
  return (
    <div className={`dockyard-feedback dockyard-${outcome.replace(' ', '-')}`}>
      <p className="dockyard-strong">
        <StateIcon state={outcome} /> {title}
      </p>
      {found && <Prose text={found} />}
      {wanted && (
        <p>
          <span className="dockyard-quiet">{trans.__('Wanted:')}</span>{' '}
          <Sentence text={wanted} />
        </p>
      )}
      {lookAt && (
        <p>
          <span className="dockyard-quiet">{trans.__('Look at:')}</span>{' '}
          <Sentence text={lookAt} />
        </p>
      )}
      {more && <Prose text={more} />}
      {holds.length > 0 && outcome !== 'passed' && (
        <ul className="dockyard-holds">
          {holds.map(line => (
            <li key={line}>
              <Sentence text={line} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function HintText({
  number,
  total,
  text
}: {
  number: number;
  total: number;
  text: string;
}) {
  const { trans } = useDockyard();
  return (
    <div className="dockyard-feedback">
      <p className="dockyard-strong">
        {trans.__('Hint %1 of %2', number, total)}
      </p>
      <Prose text={text} />
    </div>
  );
}
