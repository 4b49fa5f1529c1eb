import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { House } from './house.js';
import type { Finding } from './import-inspection.js';
import { textRules, type TextRule } from './text-rules.js';

const comment = /^\s*(?:\/\/|\/?\*).*$|(?:^|\s)\/\/ .*$|\/\*.*?\*\//g;
const spec = /\.(?:int-)?spec\.ts$/;

/** Every TypeScript and JavaScript source below these folders of `root`, relative to it and sorted; nothing built or installed. */
export function sourcesIn(root: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)))
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/(?:^|\/)(?:node_modules|dist)\//.test(file))
    .sort();
}

/** Reads every source of the house in `root` line by line and holds it against the text rules and the limit of length. */
export function inspectText(root: string, house: House): Finding[] {
  const files = sourcesIn(root, ['apps', 'libs', 'test', 'tools']);
  const findings = files.flatMap((file) => {
    const lines = readFileSync(path.join(root, file), 'utf8').replace(/\n$/, '').split('\n');
    const quoting = house.quotingFiles.includes(file);
    return [...lengthOf(file, lines.length, house), ...(quoting ? [] : linesOf(file, lines))];
  });
  const gone = Object.keys(house.longFiles).filter((file) => !files.includes(file));
  return [...findings, ...gone.map((file) => needless(file))];
}

/** Holds the folders of apps/ and libs/ against the house: what it does not know, no rule protects. */
export function inspectRooms(root: string, house: House): Finding[] {
  const known = {
    apps: house.apps,
    libs: [...Object.keys(house.contexts), ...Object.keys(house.foundations)],
  };
  return Object.entries(known).flatMap(([folder, names]) =>
    foldersIn(path.join(root, folder))
      .filter((name) => !names.includes(name))
      .map((name) => ({
        rule: 'known-room',
        file: `${folder}/${name}`,
        sentence: `${folder}/${name} is not in test/architecture/house.ts, so no rule protects it (known-room)`,
      })),
  );
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function lengthOf(file: string, length: number, house: House): Finding[] {
  const excused = file in house.longFiles;
  if (length > house.longestFile && !excused) {
    const sentence = `${file} has ${length} lines, but ${house.longestFile} is the limit (no-long-file)`;
    return [{ rule: 'no-long-file', file, sentence }];
  }
  return excused && length <= house.longestFile ? [needless(file)] : [];
}

function needless(file: string): Finding {
  return { rule: 'no-long-file', file, sentence: `${file} is excused as a long file, but is none (no-long-file)` };
}

function linesOf(file: string, lines: readonly string[]): Finding[] {
  return lines.flatMap((line, index) => {
    const code = line.replace(comment, '');
    return textRules
      .filter((rule) => reads(rule, file) && rule.pattern.test(rule.reads === 'everything' ? line : code))
      .map((rule) => ({
        rule: rule.name,
        file,
        sentence: `${file}:${index + 1} says «${line.trim()}», but ${rule.comment} (${rule.name})`,
      }));
  });
}

function reads(rule: TextRule, file: string): boolean {
  return rule.reads !== 'production code' || !spec.test(file);
}
