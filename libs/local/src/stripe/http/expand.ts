import { idPrefixes, type ObjectKind, type StripeObject } from '../state/objects.js';
import type { Transaction } from '../state/store.js';
import { invalidParameter } from './errors.js';
import type { AnswerBody } from './router.js';

type Node = Record<string, unknown>;

/** The fields that hold the id of another object. */
const references = new Set([
  'balance_transaction',
  'charge',
  'failure_balance_transaction',
  'latest_charge',
  'payment_intent',
  'payment_method',
  'source',
]);

const kinds = Object.keys(idPrefixes) as ObjectKind[];

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function find(tx: Transaction, id: string): StripeObject | undefined {
  const kind = kinds.find((candidate) => id.startsWith(`${idPrefixes[candidate]}_`));
  return kind === undefined ? undefined : tx.find(kind, id);
}

function refundsOf(tx: Transaction, charge: string): object {
  const data = [...tx.committed('refund')].filter((refund) => refund.charge === charge).reverse();
  return { object: 'list', data: data.slice(0, 10), has_more: data.length > 10, url: `/v1/charges/${charge}/refunds` };
}

/**
 * The body with the named ids replaced by the objects they name (`latest_charge.balance_transaction`, `data.charge`).
 * Throws where a path names something that cannot be expanded.
 */
export function expand(tx: Transaction, body: AnswerBody, paths: readonly string[]): unknown {
  return paths.reduce<unknown>((node, path) => expandPath(tx, node, path.split('.'), path), body);
}

function expandPath(tx: Transaction, node: unknown, [field, ...rest]: string[], path: string): unknown {
  if (field === undefined) return node;
  if (Array.isArray(node)) return node.map((item) => expandPath(tx, item, [field, ...rest], path));
  if (!isNode(node)) throw invalidParameter(`This property cannot be expanded (${path}).`, 'expand');
  const value = resolve(tx, node, field, path);
  return { ...node, [field]: value === null ? null : expandPath(tx, value, rest, path) };
}

function resolve(tx: Transaction, node: Node, field: string, path: string): unknown {
  if (node.object === 'charge' && field === 'refunds') return refundsOf(tx, String(node.id));
  const value = node[field];
  if (node.object === 'list' && field === 'data') return value;
  if (!references.has(field) || value === undefined) throw invalidParameter(`This property cannot be expanded (${path}).`, 'expand');
  return typeof value === 'string' ? (find(tx, value) ?? value) : value;
}
