import { innocentHouse, withHouse, type Files } from './fake-house.js';
import { faultsOfGraph } from './graph.js';
import { everyFacade, house, type House } from './house.js';
import { inspectImports } from './import-inspection.js';
import { plantedImports } from './planted-imports.js';
import { innocentLines, plantedLines } from './planted-text.js';
import { importRulesOf } from './rules.js';
import { inspectRooms, inspectText } from './text-inspection.js';
import { textRules } from './text-rules.js';

// Milliseconds: a cruise takes a tenth of a second, but not on a machine that is busy with other things.
const patience = 60_000;

/** The map that the innocent house is built on; it stays as it is when Daraa's own map changes. */
const smallHouse: House = {
  ...house,
  contexts: { accounts: [], settings: [], stores: ['accounts'], orders: ['stores', 'settings'], admin: everyFacade },
};

const names = (findings: readonly { rule: string }[]) => [...new Set(findings.map((finding) => finding.rule))];
const importsOf = (files: Files, map = smallHouse) => withHouse(files, (root) => inspectImports(root, map));
const textOf = (files: Files, map = house) => withHouse(files, (root) => inspectText(root, map));

describe('the rules about imports', () => {
  it('find nothing in an innocent house, of which they have seen every file but the built ones', async () => {
    const { files, findings } = await importsOf(innocentHouse);
    expect(findings).toEqual([]);
    expect(files).toEqual(Object.keys(innocentHouse).filter((file) => /^(apps|libs)/.test(file) && !file.includes('dist')).sort());
  }, patience);

  it.each(Object.entries(plantedImports))('name %s, and no other rule, for each file that breaks it', async (rule, plants) => {
    const appended = Object.entries(plants).map(([file, text]) => [file, `${innocentHouse[file] ?? ''}\n${text}`]);
    const { findings } = await importsOf({ ...innocentHouse, ...Object.fromEntries(appended) });
    expect(names(findings)).toEqual([rule]);
    const unnamed = Object.keys(plants).filter((file) => !findings.some((finding) => finding.sentence.includes(file)));
    expect(unnamed).toEqual([]);
  }, patience);

  it('are all proven, those of the graph pair by pair', () => {
    const unproven = importRulesOf(house)
      .map((rule) => rule.name)
      .filter((name) => !(name in plantedImports) && !name.endsWith('-facades'));
    expect(unproven).toEqual([]);
  });

  it('let each context import the front doors on its map and no other', async () => {
    const contexts = Object.entries(house.contexts);
    const doors = contexts.map(([name]) => [`libs/${name}/src/index.ts`, 'export {};'] as const);
    const pairs = contexts.flatMap(([from]) => contexts.filter(([to]) => to !== from).map(([to]) => [from, to] as const));
    const visits = pairs.map(([from, to]) => [`libs/${from}/src/to-${to}.ts`, `import '@daraa/${to}';`] as const);
    const { findings } = await importsOf(Object.fromEntries([...doors, ...visits]), house);

    const offTheMap = pairs.filter(([from, to]) => {
      const facades = house.contexts[from];
      return facades !== everyFacade && !facades?.includes(to);
    });
    expect(findings.map((finding) => finding.file).sort()).toEqual(offTheMap.map(([from, to]) => `libs/${from}/src/to-${to}.ts`).sort());
    expect(findings.every((finding) => finding.rule === `${finding.file.split('/')[1]}-facades`)).toBe(true);
  }, patience);

  it('say in a sentence who imports what, and why that is wrong', async () => {
    const { findings } = await importsOf({ ...innocentHouse, 'libs/stores/src/planted.ts': `import '@daraa/settings';` });
    expect(findings.map((finding) => finding.sentence)).toEqual([
      'libs/stores/src/planted.ts imports libs/settings/src/index.ts, ' +
        'but stores may import only the front doors of accounts (stores-facades)',
    ]);
  }, patience);

  it('report a cycle once, as a circle', async () => {
    const { findings } = await importsOf({ ...innocentHouse, 'libs/stores/src/names.ts': `import './name-reader.js';` });
    expect(findings.map((finding) => finding.sentence)).toEqual([
      'libs/stores/src/name-reader.ts → libs/stores/src/names.ts → libs/stores/src/name-reader.ts is a cycle, ' +
        'but no two files may need each other, not even for a type (no-cycle)',
    ]);
  }, patience);
});

describe('the rules about text', () => {
  it('find nothing in innocent lines', async () => {
    expect(await textOf({ 'libs/orders/src/order.ts': innocentLines.join('\n') })).toEqual([]);
  });

  describe.each(Object.entries(plantedLines))('%s', (rule, lines) => {
    it.each(lines)('is named for «%s»', async (line) => {
      const findings = await textOf({ 'libs/orders/src/order.ts': `export {};\n${line}\n` });
      expect(names(findings)).toEqual([rule]);
      expect(findings[0]?.sentence).toContain('libs/orders/src/order.ts:2 says «');
    });
  });

  it('are all proven', () => {
    expect(textRules.map((rule) => rule.name).filter((name) => !(name in plantedLines))).toEqual([]);
  });

  it.each(['apps/api/src/main.ts', 'libs/kernel/src/id.spec.ts', 'test/e2e/journey.ts', 'tools/build.mjs'])(
    'are read in %s',
    async (file) => {
      expect(names(await textOf({ [file]: '// TODO' }))).toEqual(['no-todo']);
    },
  );

  it.each(['libs/orders/dist/index.js', 'node_modules/mongoose/index.js', 'libs/orders/node_modules/a/index.js'])(
    'are not read in %s',
    async (file) => {
      expect(await textOf({ [file]: '// TODO' })).toEqual([]);
    },
  );

  it('leave the types of a spec to the linter', async () => {
    expect(await textOf({ 'libs/orders/src/order.spec.ts': 'const order = {} as any;' })).toEqual([]);
  });
});

describe('the limit of length', () => {
  const tooLong = { 'libs/orders/src/order.ts': 'export {};\n'.repeat(house.longestFile + 1) };
  const excusing = { ...house, longFiles: { 'libs/orders/src/order.ts': 'one readable table' } };

  it('names a file that is longer', async () => {
    expect(names(await textOf(tooLong))).toEqual(['no-long-file']);
  });

  it('lets a file be exactly as long', async () => {
    expect(await textOf({ 'libs/orders/src/order.ts': 'export {};\n'.repeat(house.longestFile) })).toEqual([]);
  });

  it('lets a file be longer that has a reason', async () => {
    expect(await textOf(tooLong, excusing)).toEqual([]);
  });

  it.each<Files>([{ 'libs/orders/src/order.ts': 'export {};' }, {}])('names an excuse that nobody needs any more', async (files) => {
    expect(names(await textOf(files, excusing))).toEqual(['no-long-file']);
  });
});

describe('the map', () => {
  it.each(['libs/loyalty/src/index.ts', 'apps/portal/src/main.ts'])('names the room of %s, which it does not know', async (file) => {
    const findings = await withHouse({ ...innocentHouse, [file]: '' }, (root) => inspectRooms(root, house));
    expect(names(findings)).toEqual(['known-room']);
  });

  it('knows every room of an innocent house', async () => {
    expect(await withHouse(innocentHouse, (root) => inspectRooms(root, house))).toEqual([]);
  });

  it('names a facade that no context has', () => {
    expect(faultsOfGraph({ ...house, contexts: { stores: ['loyalty'] } })).toEqual(['stores may import loyalty, which is no context']);
  });

  it('names facades that go in a circle', () => {
    const contexts = { stores: ['catalog'], catalog: ['inventory'], inventory: ['stores'], cart: ['stores'] };
    const observed: House = { ...house, contexts: { ...contexts, admin: everyFacade } };
    expect(faultsOfGraph(observed)).toEqual(
      ['stores', 'catalog', 'inventory'].map((name) => `${name} reaches itself through the facades it may import`),
    );
  });
});
