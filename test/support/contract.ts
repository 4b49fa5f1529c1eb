import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** A schema of the document; only what is walked through here is named. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
}

interface Media {
  readonly schema?: Schema;
  /** Answers with errors have one for each code. */
  readonly examples?: Readonly<Record<string, unknown>>;
  readonly example?: unknown;
}

/** One operation of the API as its document describes it. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: unknown; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

/** A route of the document. */
export interface Route {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly operation: DocumentedOperation;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const JSON_TYPE = /^application\/(?:[a-z.+-]+\+)?json/;

/** What the OpenAPI document of one API promises, and whether answers keep to it. */
export class Contract {
  private static readonly known = new Map<string, Promise<Contract>>();

  readonly routes: readonly Route[];
  private readonly ajv: Ajv;
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: Document) {
    this.routes = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => (item[method] ? [{ method: method.toUpperCase(), path, operation: item[method] }] : [])),
    );
    this.ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(this.ajv);
    this.ajv.addFormat('phone', /^\+[1-9][0-9]{6,14}$/);
    this.ajv.addSchema(closed(document) as object, 'document');
  }

  /** The contract of the API at `url`; its document is fetched once, as soon as somebody answers there. */
  static async of(url: string): Promise<Contract> {
    const known = Contract.known.get(url) ?? read(url);
    Contract.known.set(url, known);
    return known.catch((error: unknown) => {
      Contract.known.delete(url);
      throw error;
    });
  }

  /** The route that serves a path without its query; a fixed path goes before one with parameters. */
  routeOf(method: string, path: string): Route | undefined {
    const serving = this.routes.filter((route) => route.method === method && pattern(route.path).test(path));
    return serving.sort((left, right) => parametersIn(left.path) - parametersIn(right.path))[0];
  }

  /** The schema itself, where it is named by a reference. */
  resolve(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    return name === undefined ? schema : (this.document.components.schemas[name] ?? {});
  }

  /** @throws Error when an answer of a documented route is not the one that is documented */
  check(method: string, url: string, answer: { readonly status: number; readonly contentType: string; readonly body: unknown }): void {
    const path = url.split('?')[0] ?? url;
    const route = this.routeOf(method, path);
    if (!route) {
      if (answer.status < 400) throw new Error(`${method} ${path} answers ${answer.status}, but is not in the OpenAPI document`);
      return;
    }
    const documented = route.operation.responses[answer.status];
    if (!documented) {
      throw new Error(`${method} ${route.path} does not document the status ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    const [type, media] = Object.entries(documented.content ?? {}).find(([each]) => JSON_TYPE.test(each)) ?? [];
    if (type === undefined || !JSON_TYPE.test(answer.contentType)) return;
    const code = (answer.body as { error?: { code: string } }).error?.code;
    if (code !== undefined && !(code in (media?.examples ?? {}))) {
      throw new Error(`${method} ${route.path} does not document the code ${code}: ${JSON.stringify(answer.body)}`);
    }
    const validate = this.validatorOf(route, answer.status, type);
    if (validate(answer.body)) return;
    const faults = validate.errors?.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
    throw new Error(
      `${method} ${route.path} breaks its contract for ${answer.status}:\n${faults?.join('\n')}\n${JSON.stringify(answer.body)}`,
    );
  }

  private validatorOf({ method, path }: Route, status: number, type: string): ValidateFunction {
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `document#/${pointer}` });
    this.validators.set(pointer, known);
    return known;
  }
}

async function read(url: string): Promise<Contract> {
  const reply = await fetch(`${url}/docs/openapi.json`);
  return new Contract((await reply.json()) as Document);
}

const pattern = (path: string) => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
const parametersIn = (path: string) => path.split('{').length;

/** The document with every object closed that lists its properties, and `nullable` in the words of JSON Schema. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== 'object' || part === null) return part;
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  if (copy['type'] === 'object' && typeof copy['properties'] === 'object') copy['additionalProperties'] ??= false;
  if (copy['nullable'] !== true) return copy;
  const { nullable: _nullable, ...schema } = copy;
  return { anyOf: [schema, { type: 'null' }] };
}
