/** A text message to one phone number (E.164). */
export interface Sms {
  readonly to: string;
  readonly text: string;
}

/** Sends text messages. Called by job processors: what it throws makes the job try again. */
export abstract class SmsSender {
  /** Resolves once the provider has accepted the message; rejects when it has not within 10 s. */
  abstract send(sms: Sms): Promise<void>;
}
