/** Says in the learner's language what the engine's states, exit codes and events mean; it reads no object. */

import type { TranslationBundle } from '@jupyterlab/translation';

import type { ExerciseState } from '../model/course';
import type { IMark } from '../model/engine';
import type { Tab } from '../model/panel';
import { visible } from '../model/text';
import type { IContainer, IEvent, Kind, Machine } from '../model/views';

export function tabWord(tab: Tab, trans: TranslationBundle): string {
  return {
    course: trans.__('Course'),
    machine: trans.__('Machine'),
    engine: trans.__('Engine'),
    timeline: trans.__('Timeline'),
    pictures: trans.__('Pictures')
  }[tab];
}

export function kindWord(kind: Kind, trans: TranslationBundle): string {
  return {
    containers: trans.__('Containers'),
    images: trans.__('Images'),
    volumes: trans.__('Volumes'),
    networks: trans.__('Networks')
  }[kind];
}

export function exerciseWord(
  state: ExerciseState,
  trans: TranslationBundle
): string {
  return {
    new: trans.__('not started'),
    'not yet': trans.__('not yet'),
    passed: trans.__('passed'),
    broken: trans.__('not checked: the fault is ours')
  }[state];
}

export function machineWord(
  state: Machine['state'],
  trans: TranslationBundle
): string {
  return {
    running: trans.__('running'),
    starting: trans.__('starting'),
    'engine stopped': trans.__('running, but its engine is not'),
    unsupervised: trans.__('running without its supervisor'),
    stopping: trans.__('stopping'),
    stopped: trans.__('stopped'),
    unknown: trans.__('unknown')
  }[state];
}

/** The words of `docker ps` (its documentation, "status"). */
export function containerWord(state: string, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    created: trans.__('created, never started'),
    running: trans.__('running'),
    paused: trans.__('paused'),
    restarting: trans.__('restarting'),
    removing: trans.__('being removed'),
    exited: trans.__('exited'),
    dead: trans.__('dead: it could not be removed')
  };
  return pick(words, state, visible(state));
}

/**
 * What an exit code says.
 *
 * 125 to 127: https://docs.docker.com/reference/cli/docker/container/run/#exit-status; above 128 it is a signal's
 * number and 128 (bash(1), "EXIT STATUS").
 */
export function exitWord(
  { exitCode, oomKilled }: Pick<IContainer, 'exitCode' | 'oomKilled'>,
  trans: TranslationBundle
): string {
  if (oomKilled) {
    return trans.__('killed: it used more memory than it may');
  }
  const words: Record<number, string> = {
    0: trans.__('it ended well'),
    1: trans.__('the program itself reports an error: see its logs'),
    125: trans.__('Docker itself could not run the container'),
    126: trans.__('the command is there and cannot be run'),
    127: trans.__('there is no such command in the image'),
    130: trans.__('interrupted with Ctrl-C (SIGINT)'),
    137: trans.__(
      'killed with SIGKILL: docker kill, or docker stop after its patience of 10 s'
    ),
    139: trans.__('it crashed: segmentation fault (SIGSEGV)'),
    143: trans.__('it was asked to end, and did (SIGTERM): docker stop')
  };
  const signal = exitCode > 128 && exitCode <= 192 ? exitCode - 128 : 0;
  return (
    words[exitCode] ??
    (signal
      ? trans.__('ended by signal %1', signal)
      : trans.__('an error of the program: see its logs'))
  );
}

/** What has just happened to an object. */
export function markWord(mark: IMark, trans: TranslationBundle): string {
  if (mark.what === 'removed') {
    return trans.__('removed');
  }
  const action = visible(mark.action.split(':')[0] ?? '');
  return (
    actionWord(action, trans) ||
    (mark.what === 'added' ? trans.__('new') : trans.__('changed'))
  );
}

/** The engine's word for an event in the learner's language, "" for one that has no word here. */
function actionWord(action: string, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    create: trans.__('created'),
    start: trans.__('started'),
    restart: trans.__('restarted'),
    stop: trans.__('stopped'),
    die: trans.__('ended'),
    kill: trans.__('signalled'),
    pause: trans.__('paused'),
    unpause: trans.__('resumed'),
    rename: trans.__('renamed'),
    update: trans.__('updated'),
    oom: trans.__('out of memory'),
    destroy: trans.__('removed'),
    delete: trans.__('removed'),
    remove: trans.__('removed'),
    prune: trans.__('cleaned up'),
    health_status: trans.__('health checked'),
    connect: trans.__('connected'),
    disconnect: trans.__('disconnected'),
    mount: trans.__('mounted'),
    unmount: trans.__('unmounted'),
    pull: trans.__('pulled'),
    push: trans.__('pushed'),
    tag: trans.__('tagged'),
    untag: trans.__('untagged'),
    load: trans.__('loaded'),
    save: trans.__('saved'),
    import: trans.__('imported'),
    build: trans.__('built'),
    commit: trans.__('committed'),
    attach: trans.__('attached'),
    detach: trans.__('detached'),
    resize: trans.__('terminal resized'),
    top: trans.__('processes listed'),
    copy: trans.__('files copied'),
    'archive-path': trans.__('files read'),
    'extract-to-dir': trans.__('files written'),
    export: trans.__('exported'),
    exec_create: trans.__('command prepared'),
    exec_start: trans.__('command started'),
    exec_die: trans.__('command ended'),
    boot: trans.__('booted'),
    adopt: trans.__('found running'),
    reload: trans.__('settings read again')
  };
  return pick(words, action, '');
}

/** What happened, in a few words; an action that is new to us is shown as the engine names it. */
export function eventWord(event: IEvent, trans: TranslationBundle): string {
  const [action = '', detail = ''] = event.action.split(/: ?(.*)/s);
  const word = actionWord(action, trans) || visible(action);
  return detail ? `${word}: ${visible(detail)}` : word;
}

export function typeWord(type: string, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    container: trans.__('container'),
    image: trans.__('image'),
    volume: trans.__('volume'),
    network: trans.__('network'),
    builder: trans.__('builder'),
    daemon: trans.__('engine'),
    machine: trans.__('machine')
  };
  return pick(words, type, visible(type));
}

/** What the engine does in a step of a container's life, "" for steps that explain themselves. */
export function stepWord(event: IEvent, trans: TranslationBundle): string {
  const { attributes } = event;
  const step = `${event.type} ${event.action.split(':')[0] ?? ''}`;
  const words: Record<string, string> = {
    'container create': trans.__(
      'From the image %1: a writable layer on top of its layers, and the settings. Nothing runs yet.',
      visible(attributes['image'] ?? '')
    ),
    'container attach': trans.__(
      'The client listens to its output, before the first of it is written.'
    ),
    'network connect': trans.__(
      'A pair of virtual network cards, an address, and rules for the published ports.'
    ),
    'network disconnect': trans.__(
      'Its network card, address and port rules are gone.'
    ),
    'volume mount': trans.__('The volume appears in its file system.'),
    'volume unmount': trans.__(
      'The volume is free again; what is in it stays.'
    ),
    'container start': trans.__(
      'The command runs as process 1, in namespaces of its own.'
    ),
    'container kill': trans.__(
      'Signal %1 was sent to process 1.',
      visible(attributes['signal'] ?? '')
    ),
    'container die': trans.__(
      'Process 1 ended with exit code %1, and with it all others.',
      visible(attributes['exitCode'] ?? '')
    ),
    'container stop': trans.__('What docker stop wanted has come about.'),
    'container destroy': trans.__(
      'Its writable layer and its logs are deleted. Named volumes stay.'
    )
  };
  return pick(words, step, '');
}

/** Return a word, or another where there is none; the engine's words are not ours to choose. */
function pick(
  words: Record<string, string>,
  key: string,
  otherwise: string
): string {
  return Object.hasOwn(words, key) ? (words[key] ?? otherwise) : otherwise;
}
