import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isOlderGlibc, retargetToOlderGlibc } from './glibc-patch.js';
import { findNativeLibrary, thisMachine } from './native-library.js';

const X86_64 = 0x3e;
const WEAK = 2;

/** Versions by which the symbols of the crafted file refer to the C library. */
const BASE_INDEX = 2;
const TOO_NEW_INDEX = 3;

interface CraftedFile {
  elf: Buffer;
  /** Reads what the file says now. */
  read(): { names: string[]; versions: number[]; flagsOfTooNew: number };
}

/** A file with the five sections that matter: names, symbols, their versions, the needed versions; no code at all. */
function craftFile(symbols: { name: string; version: number }[], base = 'GLIBC_2.2.5'): CraftedFile {
  const texts = ['', 'libc.so.6', base, 'GLIBC_2.38', ...symbols.map(({ name }) => name)];
  const offsets: number[] = [];
  let strings = Buffer.alloc(0);
  for (const text of texts) {
    offsets.push(strings.length);
    strings = Buffer.concat([strings, Buffer.from(`${text}\0`, 'latin1')]);
  }
  const [, library = 0, baseName = 0, tooNewName = 0, ...names] = offsets;

  const symbolTable = Buffer.alloc(symbols.length * 24);
  names.forEach((name, index) => symbolTable.writeUInt32LE(name, index * 24));
  const versionTable = Buffer.alloc(symbols.length * 2);
  symbols.forEach(({ version }, index) => versionTable.writeUInt16LE(version, index * 2));

  const needs = Buffer.alloc(48);
  needs.writeUInt16LE(1, 0);
  needs.writeUInt16LE(2, 2);
  needs.writeUInt32LE(library, 4);
  needs.writeUInt32LE(16, 8);
  needs.writeUInt16LE(BASE_INDEX, 16 + 6);
  needs.writeUInt32LE(baseName, 16 + 8);
  needs.writeUInt32LE(16, 16 + 12);
  needs.writeUInt16LE(TOO_NEW_INDEX, 32 + 6);
  needs.writeUInt32LE(tooNewName, 32 + 8);

  const bodies = [strings, symbolTable, versionTable, needs];
  const types = [3, 11, 0x6fffffff, 0x6ffffffe];
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 0, 'latin1');
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(X86_64, 0x12);
  header.writeBigUInt64LE(64n, 0x28);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt16LE(bodies.length, 0x3c);
  let at = 64 + bodies.length * 64;
  const starts: number[] = [];
  const sections = bodies.map((body, index) => {
    const section = Buffer.alloc(64);
    section.writeUInt32LE(types[index] ?? 0, 4);
    section.writeBigUInt64LE(BigInt(at), 0x18);
    section.writeBigUInt64LE(BigInt(body.length), 0x20);
    section.writeUInt32LE(index === 3 ? 1 : 0, 0x2c);
    starts.push(at);
    at += body.length;
    return section;
  });
  const elf = Buffer.concat([header, ...sections, ...bodies]);
  const [stringsAt = 0, symbolsAt = 0, versionsAt = 0, needsAt = 0] = starts;
  return {
    elf,
    read: () => ({
      names: symbols.map((_, index) => {
        const name = stringsAt + elf.readUInt32LE(symbolsAt + index * 24);
        return elf.toString('latin1', name, elf.indexOf(0, name));
      }),
      versions: symbols.map((_, index) => elf.readUInt16LE(versionsAt + index * 2)),
      flagsOfTooNew: elf.readUInt16LE(needsAt + 32 + 4),
    }),
  };
}

describe('pointing a native library at an older glibc', () => {
  it('renames the C23 functions to the old ones and takes their oldest version', () => {
    const file = craftFile([
      { name: '__isoc23_strtol', version: TOO_NEW_INDEX },
      { name: 'fmod', version: TOO_NEW_INDEX },
    ]);
    expect(retargetToOlderGlibc(file.elf)).toBe(2);
    expect(file.read()).toMatchObject({ names: ['strtol', 'fmod'], versions: [BASE_INDEX, BASE_INDEX] });
  });

  it('marks the need for 2.38 as optional, or the loader would still refuse the file', () => {
    const file = craftFile([{ name: 'fmod', version: TOO_NEW_INDEX }]);
    retargetToOlderGlibc(file.elf);
    expect(file.read().flagsOfTooNew).toBe(WEAK);
  });

  it('leaves symbols of other versions alone', () => {
    const file = craftFile([{ name: '__isoc23_of_somebody_else', version: BASE_INDEX }]);
    expect(retargetToOlderGlibc(file.elf)).toBe(0);
    expect(file.read()).toMatchObject({ names: ['__isoc23_of_somebody_else'], versions: [BASE_INDEX] });
  });

  it('changes nothing the second time', () => {
    const file = craftFile([{ name: '__isoc23_strtol', version: TOO_NEW_INDEX }]);
    retargetToOlderGlibc(file.elf);
    const once = Buffer.from(file.elf);
    expect(retargetToOlderGlibc(file.elf)).toBe(0);
    expect(file.elf.equals(once)).toBe(true);
  });

  it('refuses a symbol for which there is no older version', () => {
    const file = craftFile([{ name: 'fmod', version: TOO_NEW_INDEX }], 'GLIBC_2.30');
    expect(() => retargetToOlderGlibc(file.elf)).toThrow('fmod of libc.so.6 has no older version');
  });

  it('refuses what is no 64-bit ELF file', () => {
    expect(() => retargetToOlderGlibc(Buffer.from('MZ, a program for Windows'))).toThrow('not a 64-bit little-endian ELF file');
  });

  it('finds the eight symbols of the real engine', async () => {
    const installed = path.dirname(await findNativeLibrary('/nowhere', { ...thisMachine(), glibc: '2.41' }));
    const files = (await readdir(installed)).filter((name) => /\.(node|so)$/.test(name)).sort();
    const patched = await Promise.all(files.map(async (file) => retargetToOlderGlibc(await readFile(path.join(installed, file)))));
    expect(patched).toEqual([1, 7]);
  });
});

describe('comparing C libraries', () => {
  it.each<[string, boolean]>([
    ['2.36', true],
    ['2.4', true],
    ['2.38', false],
    ['2.41', false],
    ['3.0', false],
  ])('glibc %s is older than 2.38: %s', (version, older) => {
    expect(isOlderGlibc(version, '2.38')).toBe(older);
  });
});
