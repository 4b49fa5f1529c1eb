import { randomUUID } from 'node:crypto';
import { Contract } from './contract.js';

/** An answer of the API: the envelope, and what came around it. */
export interface Answer<Data = never> {
  readonly status: number;
  readonly headers: Headers;
  /** The bytes as they came. */
  readonly text: string;
  readonly body: {
    readonly success: boolean;
    readonly data: Data;
    readonly pagination?: { readonly total: number; readonly totalPages: number; readonly nextCursor?: string | null };
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly details: { field: string; message: string }[];
      readonly data?: unknown;
    };
  };
}

/** One person at the API: with a token, with a cart token, or with neither. Every answer must keep to the OpenAPI document. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly identity: { readonly token?: string; readonly cartToken?: string } = {},
  ) {}

  /** The same person, logged in. */
  as(token: string): ApiClient {
    return new ApiClient(this.url, { ...this.identity, token });
  }

  /** The same person, with a guest's cart. */
  withCart(cartToken: string): ApiClient {
    return new ApiClient(this.url, { ...this.identity, cartToken });
  }

  /** The same person at another process of the API. */
  at(url: string): ApiClient {
    return new ApiClient(url, this.identity);
  }

  get<Data = Record<string, never>>(path: string, headers: Record<string, string> = {}): Promise<Answer<Data>> {
    return this.call('GET', path, undefined, headers);
  }

  post<Data = Record<string, never>>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Data>> {
    return this.call('POST', path, body, headers);
  }

  patch<Data = Record<string, never>>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Data>> {
    return this.call('PATCH', path, body, headers);
  }

  delete<Data = Record<string, never>>(path: string, headers: Record<string, string> = {}): Promise<Answer<Data>> {
    return this.call('DELETE', path, undefined, headers);
  }

  /** A checkout with a key: its own unless one is given. */
  checkout<Data = Record<string, never>>(body: unknown, key: string = randomUUID()): Promise<Answer<Data>> {
    return this.call('POST', '/checkout', body, { 'Idempotency-Key': key });
  }

  /** A request whose body is an object that goes out as JSON. */
  call<Data = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    return this.raw(method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  /** A request whose body goes out as it stands, as JSON where no other type is given. */
  async raw<Data = Record<string, never>>(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const { token, cartToken } = this.identity;
    const contract = await Contract.of(this.url);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(cartToken === undefined ? {} : { 'X-Cart-Token': cartToken }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const { status } = response;
    const answer = { status, headers: response.headers, text, body: (text === '' ? {} : JSON.parse(text)) as Answer<Data>['body'] };
    contract.check(method, `/api/v1${path}`, { status, contentType: response.headers.get('content-type') ?? '', body: answer.body });
    return answer;
  }
}
