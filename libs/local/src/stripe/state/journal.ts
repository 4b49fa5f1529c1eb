import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { Change } from './objects.js';

/** The answer that an idempotency key was given, kept to be repeated byte for byte. */
export interface KeptAnswer {
  key: string;
  /** Digest of method, path and parameters: the same key with another digest is refused. */
  fingerprint: string;
  status: number;
  body: string;
  /** The `request-id` of the request that did the work. */
  requestId: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What one request did, all of it or nothing: one line of the journal. */
export interface JournalEntry {
  changes?: Change[];
  answer?: KeptAnswer;
  /** The id of an event that its webhook endpoint has accepted. */
  delivered?: string;
}

/**
 * An append-only file of JSON lines. A line is in the operating system's hands before `append` returns, so whatever was
 * answered survives the death of the process (not of the machine). A last line that is torn was never answered: it is passed
 * over, and gone with the `rewrite` that follows.
 */
export class Journal {
  private descriptor: number | undefined;

  constructor(private readonly file: string) {}

  /** All complete entries, oldest first. To be followed by a `rewrite` before the first `append`. */
  *read(): Generator<JournalEntry> {
    if (!existsSync(this.file)) return;
    const bytes = readFileSync(this.file);
    // Line by line, as the whole may be longer than the longest string.
    for (let start = 0, end = bytes.indexOf('\n'); end >= 0; start = end + 1, end = bytes.indexOf('\n', start)) {
      // The journal is only ever written by `append` and `rewrite`, which take nothing but entries.
      yield JSON.parse(bytes.toString('utf8', start, end)) as JournalEntry;
    }
  }

  /** Replaces the whole file by these entries, atomically. */
  rewrite(entries: Iterable<JournalEntry>): void {
    const draft = `${this.file}.draft`;
    const descriptor = this.create(draft, 'w');
    for (const entry of entries) appendFileSync(descriptor, `${JSON.stringify(entry)}\n`);
    closeSync(descriptor);
    renameSync(draft, this.file);
  }

  append(entry: JournalEntry): void {
    this.descriptor ??= this.create(this.file, 'a');
    appendFileSync(this.descriptor, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private create(file: string, flags: 'a' | 'w'): number {
    mkdirSync(path.dirname(file), { recursive: true });
    return openSync(file, flags);
  }
}
