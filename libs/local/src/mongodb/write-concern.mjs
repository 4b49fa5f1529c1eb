// The engine acknowledges `w: 'majority'` before the journal holds the write, even with `j: true`, so that a killed process
// loses what it has acknowledged; `{ w: 1, j: true }` waits for the journal, and one server is its own majority.
const OP_MSG = 2013;
const FLAGS_END = 20;
const CHECKSUM_PRESENT = 1;

const DOCUMENT = 0x03;
const STRING = 0x02;
/** `w: 1` as an element of a BSON document, and `j: true`. */
const ONE = Buffer.from([0x10, 0x77, 0, 1, 0, 0, 0]);
const JOURNALED = Buffer.from([0x08, 0x6a, 0, 1]);
const MAJORITY = Buffer.from('\x02w\0\x09\0\0\0majority\0', 'latin1');

/** Bytes of a value by its BSON type; for the other types the value itself says how long it is. */
const FIXED_SIZES = { 0x01: 8, 0x06: 0, 0x07: 12, 0x08: 1, 0x09: 8, 0x0a: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16, 0x7f: 0, 0xff: 0 };

/**
 * The same message with a majority write concern replaced by one that waits for the journal; any other message as it is.
 * @param {Buffer} message a whole message with its header
 */
export function waitForJournal(message) {
  if (message.readInt32LE(12) !== OP_MSG || message.readUInt32LE(16) & CHECKSUM_PRESENT) return message;
  const body = bodyOf(message);
  const concern = body === undefined ? undefined : findElement(message, body, 'writeConcern');
  if (concern?.type !== DOCUMENT) return message;
  const w = findElement(message, concern.value, 'w');
  if (w?.type !== STRING || !message.subarray(w.at, w.at + MAJORITY.length).equals(MAJORITY)) return message;

  const journal = findElement(message, concern.value, 'j') ? [] : [JOURNALED];
  const changed = Buffer.concat([message.subarray(0, w.at), ONE, ...journal, message.subarray(w.at + MAJORITY.length)]);
  const difference = changed.length - message.length;
  for (const lengthAt of [0, body, concern.value]) changed.writeInt32LE(message.readInt32LE(lengthAt) + difference, lengthAt);
  return changed;
}

/** Where the document of the command begins: the section of kind 0, before or after sequences of documents. */
function bodyOf(message) {
  let at = FLAGS_END;
  while (message[at] === 1) at += 1 + message.readInt32LE(at + 1);
  return message[at] === 0 ? at + 1 : undefined;
}

/** Walks the elements of the document that begins at `document`; what stands inside its values is never looked at. */
function findElement(bytes, document, wanted) {
  const end = document + bytes.readInt32LE(document) - 1;
  for (let at = document + 4; at < end; ) {
    const nameEnd = bytes.indexOf(0, at + 1);
    const value = nameEnd + 1;
    if (bytes.latin1Slice(at + 1, nameEnd) === wanted) return { type: bytes[at], at, value };
    at = value + sizeOf(bytes, bytes[at], value);
  }
  return undefined;
}

function sizeOf(bytes, type, value) {
  const fixed = FIXED_SIZES[type];
  if (fixed !== undefined) return fixed;
  switch (type) {
    case DOCUMENT:
    case 0x04:
    case 0x0f:
      return bytes.readInt32LE(value);
    case STRING:
    case 0x0d:
    case 0x0e:
      return 4 + bytes.readInt32LE(value);
    case 0x05:
      return 5 + bytes.readInt32LE(value);
    case 0x0b:
      return bytes.indexOf(0, bytes.indexOf(0, value) + 1) + 1 - value;
    case 0x0c:
      return 4 + bytes.readInt32LE(value) + 12;
    default:
      throw new Error(`unknown BSON type ${type}`);
  }
}
