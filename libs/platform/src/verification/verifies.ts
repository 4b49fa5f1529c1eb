import 'reflect-metadata';
import type { Violation } from '@daraa/kernel';

const VERIFIES = Symbol('verifies');

/** What a check is called and which rule of money.md it proves. */
export interface VerifiesOptions {
  readonly rule: number;
  readonly name: string;
}

/** A check streams over its documents and yields what it finds wrong; its memory does not grow with the collection. */
export type VerificationCheck = () => AsyncIterable<Violation>;

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
