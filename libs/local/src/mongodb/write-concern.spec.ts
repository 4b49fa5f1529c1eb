import { mongo } from 'mongoose';
import { waitForJournal } from './write-concern.mjs';

const { Binary, BSON, Decimal128, Double, Int32, Long, ObjectId, Timestamp } = mongo;

const OP_MSG = 2013;
const JOURNALED = { w: 1, j: true };

interface MessageParts {
  body: object;
  /** A sequence of documents, before or after the body. */
  documents?: object[];
  documentsFirst?: boolean;
  flags?: number;
}

function message({ body, documents, documentsFirst = false, flags = 0 }: MessageParts): Buffer {
  const main = Buffer.concat([Buffer.from([0]), BSON.serialize(body)]);
  const items = Buffer.concat((documents ?? []).map((document) => BSON.serialize(document)));
  const name = Buffer.from('documents\0');
  const size = Buffer.alloc(4);
  size.writeInt32LE(4 + name.length + items.length);
  const sequence = documents ? Buffer.concat([Buffer.from([1]), size, name, items]) : Buffer.alloc(0);
  const header = Buffer.alloc(20);
  const sections = documentsFirst ? [sequence, main] : [main, sequence];
  const whole = Buffer.concat([header, ...sections]);
  whole.writeInt32LE(whole.length, 0);
  whole.writeInt32LE(OP_MSG, 12);
  whole.writeUInt32LE(flags, 16);
  return whole;
}

describe('a majority write concern on one server', () => {
  it('becomes one that waits for the journal', () => {
    const sent = message({ body: { insert: 'orders', writeConcern: { w: 'majority' }, $db: 'daraa' } });
    const expected = message({ body: { insert: 'orders', writeConcern: JOURNALED, $db: 'daraa' } });
    expect(waitForJournal(sent).equals(expected)).toBe(true);
  });

  it('keeps what else it says', () => {
    const sent = message({ body: { insert: 'orders', writeConcern: { j: true, w: 'majority', wtimeout: 5 }, $db: 'daraa' } });
    const expected = message({ body: { insert: 'orders', writeConcern: { j: true, w: 1, wtimeout: 5 }, $db: 'daraa' } });
    expect(waitForJournal(sent).equals(expected)).toBe(true);
  });

  it.each([false, true])('is found beside a sequence of documents that may come first: %s', (documentsFirst) => {
    const documents = [{ _id: 1, writeConcern: { w: 'majority' } }, { _id: 2 }];
    const sent = message({ body: { insert: 'orders', writeConcern: { w: 'majority' } }, documents, documentsFirst });
    const expected = message({ body: { insert: 'orders', writeConcern: JOURNALED }, documents, documentsFirst });
    expect(waitForJournal(sent).equals(expected)).toBe(true);
  });

  it('is found behind values of every type', () => {
    const values = {
      ...{ double: new Double(1.5), text: 'text', document: { writeConcern: { w: 'majority' } }, array: [{ w: 'majority' }] },
      ...{ binary: new Binary(Buffer.from('writeConcern')), id: new ObjectId(), yes: true, date: new Date(0), nothing: null },
      ...{ pattern: /a+/i, int: new Int32(1), time: new Timestamp({ t: 1, i: 1 }), long: Long.fromNumber(7) },
      ...{ decimal: Decimal128.fromString('1.5'), least: new mongo.MinKey(), most: new mongo.MaxKey() },
      ...{ code: new mongo.Code('1'), scoped: new mongo.Code('1', { a: 1 }), symbol: new mongo.BSONSymbol('s') },
    };
    const sent = message({ body: { update: 'orders', values, ...values, writeConcern: { w: 'majority' } } });
    const expected = message({ body: { update: 'orders', values, ...values, writeConcern: JOURNALED } });
    expect(waitForJournal(sent).equals(expected)).toBe(true);
  });

  it.each<[string, object]>([
    ['no write concern', { find: 'orders' }],
    ['another write concern', { insert: 'orders', writeConcern: { w: 1 } }],
    ['a write concern without w', { insert: 'orders', writeConcern: { j: true } }],
    ['a document that merely looks like one', { insert: 'orders', documents: [{ writeConcern: { w: 'majority' } }] }],
    ['a name that merely looks like one', { insert: 'writeConcern', comment: { w: 'majority' } }],
  ])('leaves a message with %s as it is', (_, body) => {
    const sent = message({ body });
    expect(waitForJournal(sent)).toBe(sent);
  });

  it('leaves a message with a checksum as it is, because the checksum would be wrong', () => {
    const sent = message({ body: { insert: 'orders', writeConcern: { w: 'majority' } }, flags: 1 });
    expect(waitForJournal(sent)).toBe(sent);
  });
});
