import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { derivedId } from '@daraa/kernel';
import { Environment } from '@daraa/platform';

/** Ids that follow from no account have the time zero. */
const NOBODY = '0'.repeat(26);

/**
 * Gives emails that belong to nobody the ids under which their failures are counted, so that they behave like known ones. The
 * ids come from a keyed hash: the database does not tell which addresses somebody has tried.
 */
@Injectable()
export class UnknownEmails {
  constructor(private readonly environment: Environment) {}

  /** What stands for an email where the email itself must not stand. */
  keyOf(email: string): string {
    return createHmac('sha256', this.environment.OTP_SECRET).update(`email.${email}`).digest('base64url');
  }

  securityProfileIdOf(email: string): string {
    return derivedId('sec', NOBODY, this.keyOf(email));
  }

  challengeIdOf(email: string): string {
    return derivedId('otp', NOBODY, this.keyOf(email));
  }
}
