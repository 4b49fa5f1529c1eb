import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { mongo } from 'mongoose';
import { answerSessionCommand, type WireAnswer, WireConnection } from './wire-protocol.mjs';

const OP_QUERY = 2004;
const OP_MSG = 2013;
const MORE_TO_COME = 2;

/** An OP_MSG with one section of kind 0, as a driver sends it. */
function message(command: object, { requestId = 7, flags = 0, opcode = OP_MSG } = {}): Buffer {
  const body = mongo.BSON.serialize(command);
  const header = Buffer.alloc(21);
  header.writeInt32LE(21 + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(opcode, 12);
  header.writeUInt32LE(flags, 16);
  return Buffer.concat([header, body]);
}

describe('commands about sessions', () => {
  it.each(['startSession', 'endSessions', 'killSessions', 'killAllSessions'])('%s is answered without the engine', (name) => {
    const answer = answerSessionCommand(message({ [name]: 1, $db: 'admin' }, { requestId: 41 }));
    expect(answer).toMatchObject({ requestId: 41, moreToCome: false });
    expect(mongo.BSON.deserialize(answer?.response ?? Buffer.alloc(0))).toEqual({ ok: 1 });
  });

  it('is not answered where the client wants no reply', () => {
    expect(answerSessionCommand(message({ endSessions: [] }, { flags: MORE_TO_COME }))?.moreToCome).toBe(true);
  });

  it('leaves every other command to the engine', () => {
    expect(answerSessionCommand(message({ find: 'killSessions', $db: 'test' }))).toBeUndefined();
    expect(answerSessionCommand(message({ listLocalSessions: 1 }))).toBeUndefined();
    expect(answerSessionCommand(message({ endSessions: [] }, { opcode: OP_QUERY }))).toBeUndefined();
  });
});

describe('a connection', () => {
  let server: Server;
  let client: Socket;
  let seen: Buffer[];
  let respond: (request: Buffer) => Promise<WireAnswer>;

  beforeEach(async () => {
    seen = [];
    respond = async (request) => ({ requestId: request.readInt32LE(4), moreToCome: false, legacy: false, response: Buffer.from('reply') });
    server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      new WireConnection(socket, (request) => {
        seen.push(Buffer.from(request));
        return respond(request);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(client, 'connect');
  });

  afterEach(() => {
    client.destroy();
    server.close();
  });

  async function receive(bytes: number): Promise<Buffer> {
    let received = Buffer.alloc(0);
    while (received.length < bytes) {
      const [chunk] = (await once(client, 'data')) as [Buffer];
      received = Buffer.concat([received, chunk]);
    }
    return received;
  }

  it('puts messages together that arrive byte by byte', async () => {
    const sent = message({ ping: 1, $db: 'admin' });
    client.setNoDelay(true);
    for (const byte of sent) client.write(Buffer.from([byte]));
    const reply = await receive(26);
    expect(seen).toEqual([sent]);
    expect([reply.readInt32LE(0), reply.readInt32LE(8), reply.readInt32LE(12)]).toEqual([26, 7, OP_MSG]);
    expect(reply.subarray(21).toString()).toBe('reply');
  });

  it('answers messages that arrive together, in their order', async () => {
    const sent = [1, 2, 3].map((requestId) => message({ ping: requestId }, { requestId }));
    client.write(Buffer.concat(sent));
    const replies = await receive(3 * 26);
    expect([8, 34, 60].map((at) => replies.readInt32LE(at))).toEqual([1, 2, 3]);
  });

  it('carries a message of 16 MB', async () => {
    const sent = message({ insert: 'photos', $db: 'test', photo: Buffer.alloc(16_000_000, 1) });
    client.write(sent);
    await receive(26);
    expect(seen[0]?.equals(sent)).toBe(true);
  });

  it('frames the answer to an old handshake as an old reply', async () => {
    respond = async () => ({ requestId: 9, moreToCome: false, legacy: true, response: Buffer.from('hello') });
    client.write(message({ isMaster: 1 }, { opcode: OP_QUERY }));
    const reply = await receive(41);
    expect([reply.readInt32LE(12), reply.readInt32LE(32)]).toEqual([1, 1]);
    expect(reply.subarray(36).toString()).toBe('hello');
  });

  it('ends when a length cannot be true, rather than wait for bytes that never come', async () => {
    const nonsense = Buffer.alloc(16);
    nonsense.writeInt32LE(2_000_000_000, 0);
    client.write(nonsense);
    expect(await buffer(client)).toHaveLength(0);
  });

  it('ends when the engine fails, rather than leave the client waiting', async () => {
    respond = () => Promise.reject(new Error('the engine is closed'));
    client.write(message({ ping: 1 }));
    expect(await buffer(client)).toHaveLength(0);
    expect(seen).toHaveLength(1);
  });
});
