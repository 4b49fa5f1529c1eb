import type { Socket } from 'node:net';

/** The engine's answer to one message. */
export interface WireAnswer {
  requestId: number;
  /** The client wants no reply. */
  moreToCome: boolean;
  /** The message was an OP_QUERY, so the reply must be an OP_REPLY. */
  legacy: boolean;
  response: Buffer;
}

export function answerSessionCommand(message: Buffer): WireAnswer | undefined;

export class WireConnection {
  constructor(socket: Socket, answer: (message: Buffer) => Promise<WireAnswer>);
}
