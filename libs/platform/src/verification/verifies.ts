import 'reflect-metadata';
import type { Violation } from '@daraa/kernel';

const VERIFIES = Symbol('verifies');

/** What a check is called and which rule of money.md it proves. */
export interface VerifiesOptions {
  readonly rule: number;
  readonly name: string;
  /** True for a check that makes a call to the payment provider per document; it can be left out. */
  readonly asksProvider?: boolean;
}

/**
 * A check streams over its documents and yields what it finds wrong; its memory does not grow with the collection. It throws
 * CannotVerify where what it needs is not there.
 */
export type VerificationCheck = () => AsyncIterable<Violation>;

/** A check could not be made: it proves nothing either way. The message says why, in a sentence. */
export class CannotVerify extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotVerify';
  }
}

/** Makes a method of any provider a check of `daraa verify`. */
export function Verifies(options: VerifiesOptions) {
  return <Method extends VerificationCheck>(_target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Method>): void => {
    if (!descriptor.value) throw new Error(`@Verifies needs a method: ${String(key)}`);
    Reflect.defineMetadata(VERIFIES, options, descriptor.value);
  };
}

/** What a method verifies, if anything. */
export function verifiedBy(method: object): VerifiesOptions | undefined {
  return Reflect.getMetadata(VERIFIES, method) as VerifiesOptions | undefined;
}
