import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';

/** A mail or text message that the platform has sent. */
export interface InboxMessage {
  channel: 'email' | 'sms';
  to: string;
  subject: string;
  text: string;
  html: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/** Keeps the newest messages in memory and, where a file is named, beyond the life of the process. */
export class MessageStore {
  private messages: InboxMessage[] = [];
  private writing: Promise<void> = Promise.resolve();

  /** @param capacity how many messages are kept; older ones are forgotten */
  constructor(private readonly file: string | undefined, private readonly capacity = 5_000) {}

  /** Reads what an earlier start has left and drops what exceeds the capacity from the file. */
  async load(): Promise<void> {
    if (this.file === undefined) return;
    const content = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    this.messages = content.split('\n').flatMap(parseLine).slice(-this.capacity);
    const draft = `${this.file}.draft`;
    await writeFile(draft, this.messages.map(toLine).join(''), { mode: 0o600 });
    await rename(draft, this.file);
  }

  /** Keeps the messages; resolves when they are in the file. */
  async add(...added: InboxMessage[]): Promise<void> {
    this.messages.push(...added);
    if (this.messages.length > this.capacity) this.messages.splice(0, this.messages.length - this.capacity);
    const { file } = this;
    if (file === undefined) return;
    const written = this.writing.then(() => appendFile(file, added.map(toLine).join('')));
    this.writing = written.catch(() => undefined);
    await written;
  }

  /** The messages of a recipient, or all of them, newest first. */
  find(to?: string): InboxMessage[] {
    const wanted = to === undefined ? undefined : recipientKey(to);
    return this.messages.filter((message) => wanted === undefined || recipientKey(message.to) === wanted).reverse();
  }
}

/** Mail addresses are the same in either case; phone numbers with or without spaces, dashes and `+` (a space in a query). */
function recipientKey(recipient: string): string {
  const address = recipient.trim().toLowerCase();
  return address.includes('@') ? address : address.replace(/[^0-9a-z]/g, '').replace(/^00/, '');
}

function toLine(message: InboxMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** The last line may have been cut off by a crash. */
function parseLine(line: string): InboxMessage[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as InboxMessage];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
