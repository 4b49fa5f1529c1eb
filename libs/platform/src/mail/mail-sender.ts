/** A mail to one person; `html` and `text` say the same. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends mails. Called by job processors: what it throws makes the job try again. */
export abstract class MailSender {
  /** Resolves once the mail server has accepted the mail; rejects when it refuses, or says nothing for 10 s. */
  abstract send(mail: Mail): Promise<void>;
}
