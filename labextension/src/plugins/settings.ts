/** The learner's settings, as `schema/sidebar.json` describes them. */

import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Language } from '../model/views';

export const SETTINGS_ID = 'dockyard:sidebar';

/** Read the settings; where they can't be read all is as it is without them. */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<ISettingRegistry.ISettings | null> {
  try {
    return (await registry?.load(SETTINGS_ID)) ?? null;
  } catch (reason) {
    console.error(reason);
    return null;
  }
}

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

/**
 * Put what the Settings page says of a plugin into the language of JupyterLab.
 *
 * JupyterLab's server does that with the catalogues of language packs, and leaves out those that packages bring
 * (`jupyterlab_server.translation_utils.TranslationBundle`); hence here, with the server's contexts. Not as a transform
 * of the registry: a schema that waits for one comes without its shortcuts and its toolbar until then.
 */
export function translateSchema(
  schema: ISettingRegistry.ISchema,
  trans: TranslationBundle
): void {
  translate(schema, 'schema', trans);
  for (const property of Object.values(schema.properties ?? {})) {
    translate(property, 'settings', trans);
  }
}

function translate(
  part: ISettingRegistry.IProperty,
  context: string,
  trans: TranslationBundle
): void {
  for (const key of ['title', 'description'] as const) {
    const text = part[key];
    if (text) {
      part[key] = trans._p(context, text);
    }
  }
}
