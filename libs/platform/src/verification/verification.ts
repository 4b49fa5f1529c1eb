import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Violation } from '@daraa/kernel';
import { decoratedMethods } from '../jobs/decorated-methods.js';
import { verifiedBy } from './verifies.js';
import type { VerificationCheck, VerifiesOptions } from './verifies.js';

/** One check and what it found. */
export interface VerificationResult extends VerifiesOptions {
  readonly violations: readonly Violation[];
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
  constructor(private readonly discovery: DiscoveryService) {}

  /** The results of all checks, by rule and name; `secondReadingAfterMs` 0 on a system that stands still. */
  async run(secondReadingAfterMs = SECOND_READING_AFTER_MS): Promise<VerificationResult[]> {
    const results: VerificationResult[] = [];
    for (const { rule, name, run } of this.checks()) {
      const first = await read(run);
      const violations = first.length === 0 ? first : await this.readAgain(run, first, secondReadingAfterMs);
      results.push({ rule, name, violations });
    }
    return results;
  }

  private async readAgain(run: VerificationCheck, first: readonly Violation[], afterMs: number): Promise<Violation[]> {
    await pause(afterMs);
    const seen = new Set(first.map(keyOf));
    return (await read(run)).filter((violation) => seen.has(keyOf(violation)));
  }

  private checks(): Check[] {
    return decoratedMethods<VerifiesOptions, VerificationCheck>(this.discovery, verifiedBy)
      .map(({ mark, call }) => ({ ...mark, run: call }))
      .sort((a, b) => a.rule - b.rule || (a.name < b.name ? -1 : 1));
  }
}

async function read(run: VerificationCheck): Promise<Violation[]> {
  const violations: Violation[] = [];
  for await (const violation of run()) violations.push(violation);
  return violations;
}

function keyOf({ rule, document, expected, found }: Violation): string {
  return JSON.stringify([rule, document, expected, found]);
}
