import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type InboxMessage, MessageStore } from './message-store.js';

function mail(to: string, subject: string): InboxMessage {
  return { channel: 'email', to, subject, text: '', html: '', at: '2026-01-01T00:00:00.000Z' };
}

function subjects(store: MessageStore, to?: string): string[] {
  return store.find(to).map((message) => message.subject);
}

describe('the messages of the inbox', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'daraa-inbox-'));
    file = path.join(folder, 'inbox.jsonl');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are listed newest first, for one recipient or for all', async () => {
    const store = new MessageStore(undefined);
    await store.add(mail('a@demo.test', 'first'), mail('b@demo.test', 'second'));
    await store.add(mail('a@demo.test', 'third'));
    expect(subjects(store, 'a@demo.test')).toEqual(['third', 'first']);
    expect(subjects(store)).toEqual(['third', 'second', 'first']);
  });

  it('are found by an address in either case', async () => {
    const store = new MessageStore(undefined);
    await store.add(mail('Lina@Demo.test', 'hello'));
    expect(subjects(store, 'lina@demo.TEST')).toEqual(['hello']);
  });

  it.each(['+962790000001', ' 962790000001', '00962 79 000-0001'])('are found by a phone number written as "%s"', async (phone) => {
    const store = new MessageStore(undefined);
    await store.add({ ...mail('+962790000001', ''), channel: 'sms', text: 'code 123456' });
    expect(store.find(phone)).toHaveLength(1);
  });

  it('are at most as many as the capacity, the oldest go', async () => {
    const store = new MessageStore(undefined, 2);
    await store.add(mail('a@demo.test', '1'), mail('a@demo.test', '2'), mail('a@demo.test', '3'));
    expect(subjects(store)).toEqual(['3', '2']);
  });

  it('outlive the process', async () => {
    const store = new MessageStore(file);
    await store.load();
    await Promise.all(['1', '2', '3'].map((subject) => store.add(mail('a@demo.test', subject))));
    const next = new MessageStore(file);
    await next.load();
    expect(subjects(next)).toEqual(['3', '2', '1']);
  });

  it('survive a line that a crash cut off', async () => {
    const store = new MessageStore(file);
    await store.add(mail('a@demo.test', 'whole'));
    await appendFile(file, '{"channel":"email","to":"a@de');
    const next = new MessageStore(file);
    await next.load();
    await next.add(mail('a@demo.test', 'later'));
    const third = new MessageStore(file);
    await third.load();
    expect(subjects(third)).toEqual(['later', 'whole']);
  });

  it('do not fill the disk: the next start drops what exceeds the capacity', async () => {
    const store = new MessageStore(file, 2);
    for (const subject of ['1', '2', '3']) await store.add(mail('a@demo.test', subject));
    await new MessageStore(file, 2).load();
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });
});
