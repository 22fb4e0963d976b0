/** The small parts that the views are put together from; they know nothing of Docker. */

import {
  caretDownIcon,
  caretRightIcon,
  LabIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { visible } from '../model/text';

/** A name, command or label that a learner has made up: shown as it is, and kept from the words around it. */
export function Learner({
  text,
  code = false
}: {
  text: string;
  code?: boolean;
}) {
  const shown = visible(text);
  return (
    <bdi
      className={code ? 'dockyard-learner dockyard-code' : 'dockyard-learner'}
      title={shown}
    >
      {shown}
    </bdi>
  );
}

/** Sentences with code between backquotes, paragraphs between empty lines, and blocks of code between fences. */
export function Prose({ text }: { text: string }) {
  const blocks = text.split(/^```[^\n]*\n([\s\S]*?)\n?^```[ \t]*$/m);
  return (
    <>
      {blocks.map((block, index) =>
        index % 2 ? (
          <pre key={index}>
            <code>{block}</code>
          </pre>
        ) : (
          block
            .split(/\n\s*\n/)
            .filter(paragraph => paragraph.trim())
            .map((paragraph, number) => (
              <p key={`${index}.${number}`}>
                <Sentence text={paragraph.trim()} />
              </p>
            ))
        )
      )}
    </>
  );
}

/** One sentence with code between backquotes, and words between two asterisks or one. */
export function Sentence({ text }: { text: string }) {
  const parts = text.split(
    /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/
  );
  return (
    <>
      {parts.map((part, index) => {
        if (!part) {
          return null;
        }
        switch (index % 4) {
          case 1:
            return (
              <code key={index}>
                <bdi>{visible(part, 1000)}</bdi>
              </code>
            );
          case 2:
            return <strong key={index}>{part}</strong>;
          case 3:
            return <em key={index}>{part}</em>;
          default:
            return part;
        }
      })}
    </>
  );
}

/** What an object or an exercise shows before it is opened: its icon, its name, and quietly what matters most. */
export function Line({
  icon,
  title,
  children,
  ...data
}: {
  icon: React.ReactNode;
  title: React.ReactNode;
  children: React.ReactNode;
  'data-exercise'?: string;
  'data-state'?: string;
}) {
  return (
    <span className="dockyard-item" {...data}>
      {icon}
      <span className="dockyard-grow">
        <span className="dockyard-title">{title}</span>
        <span className="dockyard-quiet">{children}</span>
      </span>
    </span>
  );
}

/** An icon beside words that say the same. */
export function Icon({
  icon,
  className = ''
}: {
  icon: LabIcon;
  className?: string;
}) {
  return (
    <icon.react
      tag="span"
      className={`dockyard-icon ${className}`}
      aria-hidden="true"
    />
  );
}

interface IButtonProps {
  label: string;
  icon?: LabIcon;
  onClick: () => void;
  /** Whether it is under way: it takes no click then, but it keeps the focus, which a disabled button loses. */
  isBusy?: boolean;
  /** Told to those who can't see what the button stands beside. */
  about?: string;
}

/** A button with words on it. */
export function Button({
  label,
  icon,
  onClick,
  isBusy = false,
  about
}: IButtonProps) {
  return (
    <button
      type="button"
      className="dockyard-button"
      onClick={isBusy ? undefined : onClick}
      aria-disabled={isBusy || undefined}
      aria-label={about ? `${label}: ${about}` : undefined}
    >
      {icon && <Icon icon={icon} />}
      {label}
    </button>
  );
}

interface IFoldProps {
  head: React.ReactNode;
  /** What is beside the head and no part of its button. */
  aside?: React.ReactNode;
  /** What stays in sight below the head. */
  below?: React.ReactNode;
  isOpen: boolean;
  onToggle: () => void;
  className?: string;
  children: React.ReactNode;
}

/** Something that opens and closes below its head. */
export function Fold({
  head,
  aside,
  below,
  isOpen,
  onToggle,
  className = '',
  children
}: IFoldProps) {
  const id = React.useId();
  return (
    <div className={`dockyard-fold ${className}`}>
      <div className="dockyard-fold-row">
        <button
          type="button"
          className="dockyard-fold-head"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
        >
          <Icon icon={isOpen ? caretDownIcon : caretRightIcon} />
          {head}
        </button>
        {aside}
      </div>
      {below}
      <div id={id} className="dockyard-fold-body" hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  );
}

/** A fold that remembers by itself whether it is open. */
export function OwnFold(
  props: Omit<IFoldProps, 'isOpen' | 'onToggle'> & { opened?: boolean }
) {
  const { opened = false, ...rest } = props;
  const [isOpen, setOpen] = React.useState(opened);
  return <Fold {...rest} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />;
}

/** Facts, each with its name. */
export function Facts({
  facts
}: {
  facts: readonly (readonly [string, React.ReactNode])[];
}) {
  return (
    <dl className="dockyard-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Why something did not work; it is read out at once. */
export function Problem({ text }: { text: string }) {
  return (
    <div role="alert" className="dockyard-problem" hidden={!text}>
      {text.split('\n').map((line, index) => (
        <p key={index}>{visible(line, 1000)}</p>
      ))}
    </div>
  );
}

/** How much of something is used. */
export function Meter({
  label,
  value,
  largest
}: {
  label: string;
  value: number;
  largest: number;
}) {
  const share = largest > 0 ? Math.min(1, value / largest) : 0;
  return (
    <div
      className="dockyard-meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <div style={{ width: `${share * 100}%` }} />
    </div>
  );
}
