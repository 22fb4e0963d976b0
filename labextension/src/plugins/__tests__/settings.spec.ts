import { ISettingRegistry, SettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import schema from '../../../schema/sidebar.json';
import { loadSettings, SETTINGS_ID, translateSchema } from '../settings';

describe('loadSettings', () => {
  it('goes on without settings where they can’t be read, and says so to developers', async () => {
    const reason = new Error('no such schema');
    const registry = {
      load: () => Promise.reject(reason)
    } as unknown as ISettingRegistry;
    const said = jest.spyOn(console, 'error').mockReturnValue();
    expect(await loadSettings(registry)).toBeNull();
    expect(said).toHaveBeenCalledWith(reason);
    said.mockRestore();
    expect(await loadSettings(null)).toBeNull();
  });
});

describe('translateSchema', () => {
  const chinese = {
    _p: (context: string, text: string) =>
      text.startsWith('译') ? text : `译 ${context}：${text}`
  } as TranslationBundle;

  /** A registry whose server answers with the schema as it is in the package. */
  const registry = () =>
    new SettingRegistry({
      connector: {
        fetch: id =>
          Promise.resolve({
            id,
            raw: '{}',
            data: { composite: {}, user: {} },
            schema: JSON.parse(
              JSON.stringify(schema)
            ) as ISettingRegistry.ISchema,
            version: '1'
          }),
        list: () => Promise.reject(new Error('not asked')),
        remove: () => Promise.reject(new Error('not asked')),
        save: () => Promise.resolve()
      }
    });

  it('translates what the Settings page shows, and nothing else', async () => {
    const settings = await registry().load(SETTINGS_ID);
    translateSchema(settings.plugin.schema, chinese);
    const { title, description, properties } = settings.plugin.schema;
    expect(title).toBe('译 schema：Dockyard');
    expect(description).toMatch(/^译 schema：/);
    for (const property of Object.values(properties ?? {})) {
      expect(property.title).toMatch(/^译 settings：/);
      expect(property.description).toMatch(/^译 settings：/);
    }
    expect(properties?.['courseLanguage']?.enum).toEqual(['auto', 'en', 'zh']);
  });

  it('is in time for whoever hears of a change after it', async () => {
    const settings = await registry().load(SETTINGS_ID);
    settings.changed.connect(() =>
      translateSchema(settings.plugin.schema, chinese)
    );
    await settings.set('markSeconds', 20);
    expect(settings.plugin.schema.title).toBe('译 schema：Dockyard');
  });
});
