import path from 'node:path';
import { faultsOfGraph } from './graph.js';
import { house } from './house.js';
import { inspectImports, type ImportInspection } from './import-inspection.js';
import { inspectRooms, inspectText, sourcesIn } from './text-inspection.js';

const root = path.resolve(import.meta.dirname, '../..');

describe('the house', () => {
  describe('seen from its imports', () => {
    const sources = sourcesIn(root, ['apps', 'libs']);
    let imports: ImportInspection;

    beforeAll(async () => {
      imports = await inspectImports(root, house);
    }, 60_000);

    it('has every file of apps/ and libs/ inspected', () => {
      expect(sources).toContain('libs/kernel/src/index.ts');
      expect(sources.filter((file) => !imports.files.includes(file))).toEqual([]);
    });

    it('has only imports that its map allows', () => {
      expect(imports.findings.map((finding) => finding.sentence)).toEqual([]);
    });
  });

  it('has no line that the text rules forbid, and no file that is too long', () => {
    expect(inspectText(root, house).map((finding) => finding.sentence)).toEqual([]);
  });

  it('has no room that its map does not know', () => {
    expect(inspectRooms(root, house).map((finding) => finding.sentence)).toEqual([]);
  });

  it('has a graph of facades that names contexts only and goes nowhere in a circle', () => {
    expect(faultsOfGraph(house)).toEqual([]);
  });
});
