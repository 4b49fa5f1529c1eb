import { everyFacade, type House } from './house.js';

/** Sentences on what is wrong with the graph itself: a name that no context has, or facades that go in a circle. */
export function faultsOfGraph(house: House): string[] {
  const facades = new Map(Object.entries(house.contexts).map(([name, list]) => [name, list === everyFacade ? [] : list]));
  const unknown = [...facades].flatMap(([name, list]) =>
    list.filter((other) => !facades.has(other)).map((other) => `${name} may import ${other}, which is no context`),
  );
  const circular = [...facades.keys()].filter((name) => reachable(name, facades).has(name));
  return [...unknown, ...circular.map((name) => `${name} reaches itself through the facades it may import`)];
}

function reachable(start: string, facades: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...(facades.get(start) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(facades.get(name) ?? []));
  }
  return seen;
}
