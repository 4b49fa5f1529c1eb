import type { IRegularForbiddenRuleType } from 'dependency-cruiser';
import { everyFacade, type House } from './house.js';

/** One rule about imports: dependency-cruiser finds who breaks it, `comment` ends the sentence «A imports B, but …». */
export interface ImportRule extends IRegularForbiddenRuleType {
  readonly name: string;
  readonly comment: string;
}

const spec = '\\.(?:spec|int-spec)\\.ts$';
const frontDoor = '^libs/[^/]+/src/index\\.ts$';
const secondDoor = '^libs/[^/]+/src/events\\.ts$';

/** A regular expression that matches any of the words, and nothing when there are none. */
function oneOf(words: readonly string[]): string {
  return words.length > 0 ? `(?:${words.join('|')})` : '(?!)';
}

/** A regular expression that matches exactly this text. */
function literally(text: string): string {
  return text.replace(/[.$^*+?()[\]{}|\\/]/g, '\\$&');
}

function rule(name: string, comment: string, from: ImportRule['from'], to: ImportRule['to']): ImportRule {
  return { name, comment, severity: 'error', from, to };
}

/** Every rule about imports in that house, ready for dependency-cruiser's `forbidden` list. */
export function importRulesOf(house: House): ImportRule[] {
  return [
    ...everywhere(),
    ...facadeRules(house),
    ...doorRules(),
    ...kernelAndDomainRules(house),
    ...foundationRules(house),
    ...layerRules(house),
    ...borderRules(house),
  ];
}

function everywhere(): ImportRule[] {
  return [
    rule('no-cycle', 'no two files may need each other, not even for a type', {}, { circular: true }),
    rule('every-import-resolves', 'there is no such file or package', {}, { couldNotResolve: true }),
  ];
}

function facadeRules(house: House): ImportRule[] {
  const open = Object.keys(house.foundations);
  return Object.entries(house.contexts).flatMap(([context, facades]) => {
    if (facades === everyFacade) return [];
    const allowed = facades.length > 0 ? `only the front doors of ${facades.join(', ')}` : 'no front door of another context';
    return rule(
      `${context}-facades`,
      `${context} may import ${allowed}`,
      { path: `^libs/${context}/` },
      { path: frontDoor, pathNot: `^libs/${oneOf([context, ...open, ...facades])}/` },
    );
  });
}

function doorRules(): ImportRule[] {
  return [
    rule(
      'no-deep-import',
      'outsiders enter a library through index.ts and events.ts only',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/', pathNot: ['^libs/$1/', frontDoor, secondDoor] },
    ),
    rule(
      'doors-by-alias',
      'another library is imported by its alias, never by a relative path',
      { path: '^(libs/[^/]+|apps)/' },
      { path: [frontDoor, secondDoor], pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    ),
    rule(
      'events-import-only-kernel',
      'an event file imports nothing but the kernel, so that contexts may listen to each other',
      { path: secondDoor },
      { pathNot: '^libs/kernel/src/index\\.ts$' },
    ),
  ];
}

function kernelAndDomainRules(house: House): ImportRule[] {
  const ownDoors = house.domainUses.map((file) => `^$1/${literally(file)}$`);
  return [
    rule(
      'kernel-imports-nothing',
      `the kernel stands on the language alone (and ${house.kernelUses.join(', ')})`,
      { path: '^libs/kernel/', pathNot: spec },
      { pathNot: ['^(?:libs|apps|test)/', `^(?:node:|node_modules/|)${oneOf(house.kernelUses)}(?:/|$)`] },
    ),
    rule(
      'domain-is-plain',
      `a domain folder imports the kernel, its own files, ${house.domainUses.join(', ')} of its context and types of other contexts, nothing else`,
      { path: '^(libs/[^/]+/src)/(?:.+/|)domain/', pathNot: spec },
      { pathNot: ['^$1/(?:.+/|)domain/', ...ownDoors, frontDoor, '^test/'] },
    ),
    rule(
      'domain-borrows-types',
      'a domain folder takes nothing but types from the front doors of other contexts',
      { path: '^libs/[^/]+/src/(?:.+/|)domain/', pathNot: spec },
      { path: frontDoor, pathNot: '^libs/kernel/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'domain-without-platform',
      'a domain folder takes nothing from the platform, not even a type',
      { path: '^libs/[^/]+/src/(?:.+/|)domain/', pathNot: spec },
      { path: `^libs/${oneOf(Object.keys(house.foundations).filter((library) => library !== 'kernel'))}/` },
    ),
  ];
}

function foundationRules(house: House): ImportRule[] {
  return Object.entries(house.foundations).map(([library, others]) =>
    rule(
      `${library}-libraries`,
      `${library} may import ${others.length > 0 ? `no library but ${others.join(' and ')}` : 'no other library'}`,
      { path: `^libs/${library}/` },
      { path: '^libs/', pathNot: `^libs/${oneOf([library, ...others])}/` },
    ),
  );
}

function layerRules(house: House): ImportRule[] {
  const contexts = oneOf(Object.keys(house.contexts));
  return Object.entries(house.layers).flatMap(([layer, siblings]) =>
    siblings.map((sibling) =>
      rule(
        `${layer}-not-${sibling}`,
        `${layer}/ may not import ${sibling}/`,
        { path: `^(libs/${contexts}/src)/(?:.+/|)${layer}/`, pathNot: spec },
        { path: `^$1/(?:.+/|)${sibling}/` },
      ),
    ),
  );
}

function borderRules(house: House): ImportRule[] {
  return [
    rule(
      'apps-compose',
      'a program imports front doors only, and no other program',
      { path: '^apps/([^/]+)/' },
      { path: '^(?:libs|apps)/', pathNot: ['^apps/$1/', frontDoor] },
    ),
    rule('no-app-from-libs', 'a library never imports a program', { path: '^libs/' }, { path: '^apps/' }),
    rule(
      'local-stays-local',
      'only apps/local and test/ may load @daraa/local: production starts no database and no emulator',
      { path: '^(?:libs|apps)/', pathNot: `^(?:libs/local|apps/${oneOf(house.localApps)})/` },
      { path: '^libs/local/' },
    ),
    rule('no-test-from-source', 'nothing but a spec imports test/', { path: '^(?:libs|apps)/', pathNot: spec }, { path: '^test/' }),
    rule(
      'specs-use-test-support',
      'a spec imports nothing of test/ but test/support',
      { path: `^(?:libs|apps)/.+${spec}` },
      { path: '^test/', pathNot: '^test/support/' },
    ),
  ];
}
