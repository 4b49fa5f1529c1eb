/** Section types of an ELF file, as `elf.h` names them. */
const SHT_DYNSYM = 11;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;
const VER_FLG_WEAK = 2;
const VERSION_INDEX_MASK = 0x7fff;
const SYMBOL_SIZE = 24;

const TOO_NEW = 'GLIBC_2.38';
/** The oldest version of every symbol of a C library, by the machine number of the ELF header. */
const BASE_VERSIONS: Readonly<Record<number, string>> = { 0x3e: 'GLIBC_2.2.5', 0xb7: 'GLIBC_2.17' };
/** glibc 2.38 gave `strtol` and its kin new names for C23; without the prefix they are the old functions. */
const C23_PREFIX = '__isoc23_';

interface Section {
  type: number;
  offset: number;
  size: number;
  link: number;
  info: number;
}

interface NeededVersion {
  library: string;
  version: string;
  /** Where the entry (`Elf64_Vernaux`) stands in the file. */
  at: number;
  /** The number by which symbols refer to this version. */
  index: number;
}

/** Whether one version of the C library (`2.36`) comes before another (`2.38`). */
export function isOlderGlibc(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/**
 * Points every symbol of a 64-bit ELF file that asks for glibc 2.38 at the oldest version of the same function,
 * and marks the need for 2.38 as optional, so that the file loads on an older C library. Changes `elf` in place.
 * @returns the number of symbols that were changed; 0 when the file asks for nothing that new
 * @throws Error when the bytes are no such file, or a symbol has no older version to fall back on
 */
export function retargetToOlderGlibc(elf: Buffer): number {
  const sections = readSections(elf);
  const symbols = sections.find((section) => section.type === SHT_DYNSYM);
  const versions = sections.find((section) => section.type === SHT_GNU_VERSYM);
  const needs = sections.find((section) => section.type === SHT_GNU_VERNEED);
  const strings = symbols && sections[symbols.link];
  if (!symbols || !versions || !needs || !strings) return 0;

  const needed = readNeededVersions(elf, needs, strings);
  const tooNew = needed.filter((need) => need.version === TOO_NEW);
  const patched = retargetSymbols(elf, { symbols, versions, strings, needed, tooNew });
  for (const need of tooNew) elf.writeUInt16LE(elf.readUInt16LE(need.at + 4) | VER_FLG_WEAK, need.at + 4);
  return patched;
}

function readSections(elf: Buffer): Section[] {
  if (elf.length < 64 || elf.toString('latin1', 0, 4) !== '\x7fELF' || elf[4] !== 2 || elf[5] !== 1) {
    throw new Error('not a 64-bit little-endian ELF file');
  }
  const table = readOffset(elf, 0x28);
  const entrySize = elf.readUInt16LE(0x3a);
  const count = elf.readUInt16LE(0x3c);
  return Array.from({ length: count }, (_, index) => {
    const at = table + index * entrySize;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: readOffset(elf, at + 0x18),
      size: readOffset(elf, at + 0x20),
      link: elf.readUInt32LE(at + 0x28),
      info: elf.readUInt32LE(at + 0x2c),
    };
  });
}

/** The chain of libraries, each with its chain of versions that the file needs from it. */
function readNeededVersions(elf: Buffer, needs: Section, strings: Section): NeededVersion[] {
  const found: NeededVersion[] = [];
  let at = needs.offset;
  for (let libraries = 0; libraries < needs.info; libraries++) {
    const library = readText(elf, strings.offset + elf.readUInt32LE(at + 4));
    let entry = at + elf.readUInt32LE(at + 8);
    for (let versions = elf.readUInt16LE(at + 2); versions > 0; versions--) {
      const version = readText(elf, strings.offset + elf.readUInt32LE(entry + 8));
      found.push({ library, version, at: entry, index: elf.readUInt16LE(entry + 6) });
      entry += elf.readUInt32LE(entry + 12);
    }
    at += elf.readUInt32LE(at + 12);
  }
  return found;
}

interface SymbolTables {
  symbols: Section;
  versions: Section;
  strings: Section;
  needed: NeededVersion[];
  tooNew: NeededVersion[];
}

function retargetSymbols(elf: Buffer, { symbols, versions, strings, needed, tooNew }: SymbolTables): number {
  const base = BASE_VERSIONS[elf.readUInt16LE(0x12)];
  let patched = 0;
  for (let number = 0; number < symbols.size / SYMBOL_SIZE; number++) {
    const version = versions.offset + number * 2;
    const need = tooNew.find((candidate) => candidate.index === (elf.readUInt16LE(version) & VERSION_INDEX_MASK));
    if (!need) continue;
    const symbol = symbols.offset + number * SYMBOL_SIZE;
    const nameOffset = elf.readUInt32LE(symbol);
    const name = readText(elf, strings.offset + nameOffset);
    const older = needed.find((candidate) => candidate.library === need.library && candidate.version === base);
    if (!older) throw new Error(`${name} of ${need.library} has no older version to fall back on`);
    // A name is an offset into the string table, so skipping the prefix is moving the offset.
    if (name.startsWith(C23_PREFIX)) elf.writeUInt32LE(nameOffset + C23_PREFIX.length, symbol);
    elf.writeUInt16LE(older.index, version);
    patched++;
  }
  return patched;
}

function readOffset(elf: Buffer, at: number): number {
  return Number(elf.readBigUInt64LE(at));
}

function readText(elf: Buffer, at: number): string {
  return elf.toString('latin1', at, elf.indexOf(0, at));
}
