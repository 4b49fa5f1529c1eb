import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Violation } from '@daraa/kernel';
import { decoratedMethods } from '../jobs/decorated-methods.js';
import { CannotVerify, verifiedBy } from './verifies.js';
import type { VerificationCheck, VerifiesOptions } from './verifies.js';

/** One check and what it found. */
export interface VerificationResult extends VerifiesOptions {
  readonly violations: readonly Violation[];
  /** Why the check could not be made; absent where it was. */
  readonly notVerified?: string;
}

export interface VerificationOptions {
  /** Milliseconds between the two readings; 0 on a system that stands still. */
  readonly secondReadingAfterMs?: number;
  /** Whether to make the checks that ask the payment provider. */
  readonly withProvider?: boolean;
}

interface Check extends VerifiesOptions {
  readonly run: VerificationCheck;
}

const SECOND_READING_AFTER_MS = 2000;

/**
 * Runs every check of the contexts in this process. On a live system a single reading catches facts on their way from one
 * document to another; only what stands on two readings is a violation.
 */
@Injectable()
export class Verification {
  private readonly logger = new Logger(Verification.name);

  constructor(private readonly discovery: DiscoveryService) {}

  /** The results of all checks, by rule and name. */
  async run(options: VerificationOptions = {}): Promise<VerificationResult[]> {
    const results: VerificationResult[] = [];
    for await (const result of this.results(options)) results.push(result);
    return results;
  }

  /** The same, each as soon as it is there. */
  async *results({
    secondReadingAfterMs = SECOND_READING_AFTER_MS,
    withProvider = true,
  }: VerificationOptions = {}): AsyncGenerator<VerificationResult> {
    for (const check of this.checks()) {
      const { run: _run, ...options } = check;
      if (check.asksProvider && !withProvider) continue;
      yield { ...options, ...(await this.make(check, secondReadingAfterMs)) };
    }
  }

  private async make(check: Check, secondReadingAfterMs: number): Promise<Pick<VerificationResult, 'violations' | 'notVerified'>> {
    try {
      const first = await this.read(check);
      if (first.length === 0) return { violations: first };
      await pause(secondReadingAfterMs);
      const seen = new Set(first.map(keyOf));
      return { violations: (await this.read(check)).filter((violation) => seen.has(keyOf(violation))) };
    } catch (error) {
      if (!(error instanceof CannotVerify)) throw error;
      return { violations: [], notVerified: error.message };
    }
  }

  /** What a check finds; where it cannot go on, that is one more finding, and must not keep the others from being made. */
  private async read({ rule, name, run }: Check): Promise<Violation[]> {
    const violations: Violation[] = [];
    try {
      for await (const violation of run()) violations.push(violation);
    } catch (error) {
      if (error instanceof CannotVerify) throw error;
      this.logger.error({ message: `The check «${name}» failed`, error });
      violations.push({ rule, document: `the check «${name}»`, expected: 'a check that comes to its end', found: String(error) });
    }
    return violations;
  }

  private checks(): Check[] {
    return decoratedMethods<VerifiesOptions, VerificationCheck>(this.discovery, verifiedBy)
      .map(({ mark, call }) => ({ ...mark, run: call }))
      .sort((a, b) => a.rule - b.rule || (a.name < b.name ? -1 : 1));
  }
}

function keyOf({ rule, document, expected, found }: Violation): string {
  return JSON.stringify([rule, document, expected, found]);
}
