import type { InboxMessage } from '@daraa/local';

/** What was sent to somebody by mail or as a text message, newest first. */
export async function messagesTo(recipient: string): Promise<InboxMessage[]> {
  const reply = await fetch(`${process.env['INBOX_URL']}?to=${encodeURIComponent(recipient)}`);
  return (await reply.json()) as InboxMessage[];
}
