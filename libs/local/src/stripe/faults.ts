/** Which of the coming requests a fault meets. */
export interface RequestFault {
  /** How many matching requests it meets; 1 unless said otherwise. */
  times?: number;
  /** `POST` unless said otherwise. */
  method?: string;
  /** A path in which `*` stands for anything, as in `/v1/payment_intents*`. All of `/v1` unless said otherwise. */
  path?: string;
}

export interface WebhookFaults {
  /** How many times more than once each event is sent. */
  duplicate?: number;
  /** Milliseconds before the first try. */
  delayMs?: number;
  /** Events overtake each other. */
  shuffle?: boolean;
  /** Nothing is sent until it is released. */
  hold?: boolean;
  /** Events are lost: never sent, unless sent again by name. */
  drop?: boolean;
}

export interface FaultSwitches {
  /** The work is done and kept, then the connection breaks before an answer is seen. */
  lostAnswer?: RequestFault;
  /** Nothing is done; the answer is this status. */
  status?: RequestFault & { code: 429 | 500 };
  /** Milliseconds before the work begins; its idempotency key is in use meanwhile. */
  delay?: RequestFault & { milliseconds: number };
  webhooks?: WebhookFaults;
}

interface Armed<T extends RequestFault> {
  fault: T;
  left: number;
  pattern: RegExp;
}

function arm<T extends RequestFault>(fault: T): Armed<T> {
  const escaped = (fault.path ?? '/v1/*').split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { fault, left: fault.times ?? 1, pattern: new RegExp(`^${escaped.join('.*')}$`) };
}

function meets<T extends RequestFault>(armed: Armed<T> | undefined, method: string, path: string): T | undefined {
  if (armed === undefined || armed.left === 0) return undefined;
  if (method !== (armed.fault.method ?? 'POST') || !armed.pattern.test(path)) return undefined;
  armed.left -= 1;
  return armed.fault;
}

/** The switches that make the emulator misbehave. Setting one leaves the others as they are. */
export class Faults {
  private lostAnswer: Armed<RequestFault> | undefined;
  private status: Armed<RequestFault & { code: 429 | 500 }> | undefined;
  private delay: Armed<RequestFault & { milliseconds: number }> | undefined;
  private current: WebhookFaults = {};
  private readonly releases: (() => void)[] = [];

  set(switches: FaultSwitches): void {
    if (switches.lostAnswer !== undefined) this.lostAnswer = arm(switches.lostAnswer);
    if (switches.status !== undefined) this.status = arm(switches.status);
    if (switches.delay !== undefined) this.delay = arm(switches.delay);
    if (switches.webhooks === undefined) return;
    const wasHeld = this.current.hold === true;
    this.current = { ...this.current, ...switches.webhooks };
    if (wasHeld && this.current.hold !== true) this.announceRelease();
  }

  /** Everything behaves again; held webhooks go out. */
  clear(): void {
    this.lostAnswer = undefined;
    this.status = undefined;
    this.delay = undefined;
    this.current = {};
    this.announceRelease();
  }

  /** Sends the webhooks that were held, shuffled where `shuffle` is on, and holds no more. */
  releaseWebhooks(): void {
    this.current = { ...this.current, hold: false };
    this.announceRelease();
  }

  get webhooks(): Readonly<WebhookFaults> {
    return this.current;
  }

  /** Calls back whenever held webhooks may go. */
  onRelease(listener: () => void): void {
    this.releases.push(listener);
  }

  losesAnswer(method: string, path: string): boolean {
    return meets(this.lostAnswer, method, path) !== undefined;
  }

  statusFor(method: string, path: string): 429 | 500 | undefined {
    return meets(this.status, method, path)?.code;
  }

  /** Milliseconds. */
  delayFor(method: string, path: string): number {
    return meets(this.delay, method, path)?.milliseconds ?? 0;
  }

  private announceRelease(): void {
    for (const release of this.releases) release();
  }
}
