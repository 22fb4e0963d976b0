/** The learner's settings, as `schema/sidebar.json` describes them. */

import { ISettingRegistry } from '@jupyterlab/settingregistry';

import type { Language } from '../model/views';

export const SETTINGS_ID = 'dockyard:sidebar';

/** How long a change stays marked, in milliseconds. */
export function markFor(settings: ISettingRegistry.ISettings): number {
  return Number(settings.composite['markSeconds'] ?? 8) * 1000;
}

/** The language of the lessons: the learner's choice, else the one of JupyterLab. */
export function courseLanguage(
  settings: ISettingRegistry.ISettings | null,
  labLanguage: string
): Language {
  const chosen = settings?.composite['courseLanguage'];
  if (chosen === 'en' || chosen === 'zh') {
    return chosen;
  }
  return labLanguage.startsWith('zh') ? 'zh' : 'en';
}
