import type { FaultSwitches, RequestFault, WebhookFaults } from '../faults.js';

/** What was sent to one of the emulator's own routes cannot be used; answered with 400. */
export class BadControlRequest extends Error {}

/** A JSON object whose fields are read one by one; `finish` refuses those that nobody asked for. */
export class JsonFields {
  private readonly seen = new Set<string>();

  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly name: string,
  ) {}

  static of(value: unknown, name: string): JsonFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadControlRequest(`${name} must be an object.`);
    return new JsonFields({ ...value }, name);
  }

  static parse(text: string): JsonFields {
    try {
      return JsonFields.of(JSON.parse(text === '' ? '{}' : text), 'The body');
    } catch (error) {
      throw error instanceof BadControlRequest ? error : new BadControlRequest('The body must be JSON.');
    }
  }

  any(name: string): unknown {
    this.seen.add(name);
    return this.fields[name];
  }

  text(name: string): string | undefined {
    return this.typed(name, 'text', (value) => (typeof value === 'string' ? value : undefined));
  }

  flag(name: string): boolean | undefined {
    return this.typed(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  count(name: string): number | undefined {
    return this.typed(name, 'a whole number of at least 0', (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined,
    );
  }

  group(name: string): JsonFields | undefined {
    const value = this.any(name);
    return value === undefined ? undefined : JsonFields.of(value, name);
  }

  finish(): void {
    const unknown = Object.keys(this.fields).find((name) => !this.seen.has(name));
    if (unknown !== undefined) throw new BadControlRequest(`${this.name} has no field ${unknown}.`);
  }

  private typed<T>(name: string, expectation: string, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.any(name);
    if (value === undefined) return undefined;
    const result = read(value);
    if (result === undefined) throw new BadControlRequest(`${name} must be ${expectation}.`);
    return result;
  }
}

function readRequestFault(fields: JsonFields): RequestFault {
  return { times: fields.count('times'), method: fields.text('method'), path: fields.text('path') };
}

function readStatus(fields: JsonFields): FaultSwitches['status'] {
  const code = fields.count('code');
  if (code !== 429 && code !== 500) throw new BadControlRequest('code must be 429 or 500.');
  return { ...readRequestFault(fields), code };
}

function readDelay(fields: JsonFields): FaultSwitches['delay'] {
  const milliseconds = fields.count('milliseconds');
  if (milliseconds === undefined) throw new BadControlRequest('milliseconds must be given.');
  return { ...readRequestFault(fields), milliseconds };
}

function readWebhookFaults(fields: JsonFields): WebhookFaults {
  const given = {
    duplicate: fields.count('duplicate'),
    delayMs: fields.count('delayMs'),
    shuffle: fields.flag('shuffle'),
    hold: fields.flag('hold'),
    drop: fields.flag('drop'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function readGroup<T>(fields: JsonFields, name: string, read: (group: JsonFields) => T): T | undefined {
  const group = fields.group(name);
  if (group === undefined) return undefined;
  const value = read(group);
  group.finish();
  return value;
}

/** The switches that a JSON body sets. Throws BadControlRequest where it names something else. */
export function readFaults(body: string): FaultSwitches {
  const fields = JsonFields.parse(body);
  const switches: FaultSwitches = {
    lostAnswer: readGroup(fields, 'lostAnswer', readRequestFault),
    status: readGroup(fields, 'status', readStatus),
    delay: readGroup(fields, 'delay', readDelay),
    webhooks: readGroup(fields, 'webhooks', readWebhookFaults),
  };
  fields.finish();
  return switches;
}
