/** Lines that break exactly one text rule each, by the name of that rule. */
export const plantedLines: Readonly<Record<string, readonly string[]>> = {
  'no-forward-ref': ['@Inject(forwardRef(() => Orders))', "import { forwardRef } from '@nestjs/common';"],
  'no-todo': ['// TODO: the other half', 'const state = 1; // FIXME', ' * TODO describe'],
  'no-eslint-disable': ['// eslint-disable-next-line no-console', '/* eslint-disable */'],
  'no-ts-ignore': ['// @ts-ignore', '// @ts-expect-error it works', '// @ts-nocheck'],
  'no-any': [
    'function pay(order: any): void {}',
    'const order = found as any;',
    'const orders = new Map<string, any>();',
    'const order = <any>found;',
    'let orders: Promise<any>;',
    'type Orders = any[];',
  ],
  'no-skipped-test': [
    "it.skip('pays', () => {});",
    "describe.skip('an order', () => {});",
    "test.todo('pays');",
    "it.only('pays', () => {});",
    "it.each([1]).only('pays', () => {});",
    "xit('pays', () => {});",
    "fdescribe('an order', () => {});",
  ],
  'no-commented-out-code': [
    '// const total = sum(lines);',
    '  // order.pay(now);',
    '// this.total += line.total;',
    '// if (order.paid) {',
    "// import { sum } from './sum.js';",
    '// return total;',
    '// });',
    '// @Injectable()',
  ],
};

/** Lines that only look like it. */
export const innocentLines: readonly string[] = [
  '// An order is paid in full or not at all, as any buyer expects (see the rules of payment).',
  '// if the store is closed, nobody buys; a hold has no clock of its own;',
  '// return of goods: any of the lines, at any time',
  '/** A port: any store that keeps orders will do, and forwardRef is not needed. */',
  ' * @returns the total: any currency, 1,000 = 1.000 JOD',
  "const url = 'https://example.com/any';",
  'const company = 1; const many: number = 2;',
  'import { only } from "./only.js"; only(company); // never more than one',
  "it('skips what is paid', () => {});",
  'export const todo = 1;',
];
