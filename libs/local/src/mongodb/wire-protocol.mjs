// One client connection of the MongoDB wire protocol: cuts the bytes into messages, has each answered, frames the answers.
const OP_REPLY = 1;
const OP_MSG = 2013;
const HEADER_LENGTH = 16;
const LONGEST_MESSAGE = 48_000_000;
const MORE_TO_COME = 2;
const COMMAND_NAME_AT = 26;
const SESSION_COMMANDS = new Set(['startSession', 'endSessions', 'killSessions', 'killAllSessions']);
/** `{ ok: 1 }` in BSON. */
const OK = Buffer.from([17, 0, 0, 0, 1, 0x6f, 0x6b, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0]);

/**
 * The answer to a command about sessions, which the engine has none of and which would crash it.
 * @param {Buffer} message a whole message with its header
 * @returns undefined for every other message
 */
export function answerSessionCommand(message) {
  if (message.readInt32LE(12) !== OP_MSG || message.length <= COMMAND_NAME_AT || message[20] !== 0) return undefined;
  const command = message.toString('latin1', COMMAND_NAME_AT, message.indexOf(0, COMMAND_NAME_AT));
  if (!SESSION_COMMANDS.has(command)) return undefined;
  const moreToCome = (message.readUInt32LE(16) & MORE_TO_COME) !== 0;
  return { requestId: message.readInt32LE(4), moreToCome, legacy: false, response: OK };
}

/** Answers the messages of one socket in the order they arrive, as a driver awaits them. */
export class WireConnection {
  #socket;
  #answer;
  #chunks = [];
  #buffered = 0;
  #replies = 0;
  #queue = Promise.resolve();

  /**
   * @param {import('node:net').Socket} socket
   * @param {(message: Buffer) => Promise<{ requestId: number, moreToCome: boolean, legacy: boolean, response: Buffer }>} answer
   */
  constructor(socket, answer) {
    this.#socket = socket;
    this.#answer = answer;
    socket.on('data', (chunk) => this.#receive(chunk));
  }

  #receive(chunk) {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    for (let message = this.#nextMessage(); message; message = this.#nextMessage()) {
      const whole = message;
      this.#queue = this.#queue.then(() => this.#reply(whole)).catch(() => this.#socket.destroy());
    }
  }

  /** Joins chunks only when a message is complete: joining at every chunk would copy a large message once per chunk. */
  #nextMessage() {
    if (this.#buffered < HEADER_LENGTH) return undefined;
    if (this.#chunks[0].length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0].readInt32LE(0);
    if (length < HEADER_LENGTH || length > LONGEST_MESSAGE) {
      this.#socket.destroy();
      this.#chunks = [];
      this.#buffered = 0;
      return undefined;
    }
    if (this.#buffered < length) return undefined;
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#buffered -= length;
    this.#chunks = this.#buffered > 0 ? [bytes.subarray(length)] : [];
    return bytes.subarray(0, length);
  }

  async #reply(message) {
    const { requestId, moreToCome, legacy, response } = answerSessionCommand(message) ?? (await this.#answer(message));
    if (moreToCome || this.#socket.destroyed) return;
    const frame = legacy ? replyFrame(response) : messageFrame(response);
    frame.writeInt32LE(frame.length, 0);
    frame.writeInt32LE(++this.#replies, 4);
    frame.writeInt32LE(requestId, 8);
    this.#socket.write(frame);
  }
}

/** An OP_MSG with the answer as its only section. */
function messageFrame(body) {
  const frame = Buffer.allocUnsafe(HEADER_LENGTH + 5 + body.length);
  frame.writeInt32LE(OP_MSG, 12);
  frame.writeUInt32LE(0, 16);
  frame.writeUInt8(0, 20);
  body.copy(frame, HEADER_LENGTH + 5);
  return frame;
}

/** An OP_REPLY with one document, as the first message of a handshake expects. */
function replyFrame(body) {
  const frame = Buffer.alloc(HEADER_LENGTH + 20 + body.length);
  frame.writeInt32LE(OP_REPLY, 12);
  frame.writeInt32LE(1, 32);
  body.copy(frame, HEADER_LENGTH + 20);
  return frame;
}
