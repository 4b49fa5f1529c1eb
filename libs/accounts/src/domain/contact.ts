/** The one spelling of an email address that accounts are found by: lower case, without blanks around it, composed characters. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
