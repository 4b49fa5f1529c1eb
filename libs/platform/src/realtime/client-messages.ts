import { Injectable } from '@nestjs/common';
import type { Caller } from '../http/access/caller.js';

/**
 * Answers one kind of message from clients (`typing`): checks the data itself, returns what the client gets back, throws a
 * DomainError to refuse.
 */
export type ClientMessageHandler = (caller: Caller, data: unknown) => Promise<unknown>;

/** The messages that clients may send. Contexts register theirs when the API starts; all others are refused. */
@Injectable()
export class ClientMessages {
  private readonly handlers = new Map<string, ClientMessageHandler>();

  /** Throws an Error when another context answers this message already. */
  register(event: string, handler: ClientMessageHandler): void {
    if (this.handlers.has(event)) throw new Error(`Somebody answers '${event}' already.`);
    this.handlers.set(event, handler);
  }

  find(event: string): ClientMessageHandler | undefined {
    return this.handlers.get(event);
  }
}
