const CONNECTION_STRING = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * The connection string with this database in place of the one it names, or of none.
 * @throws Error when it is not a MongoDB connection string
 */
export function withDatabase(uri: string, database: string): string {
  const { server, database: before, parameters } = parse(uri);
  // The user is looked up in the named database unless told otherwise, so naming another one must not move the user.
  const authSource = server.includes('@') && !parameters.has('authSource') ? before || 'admin' : undefined;
  if (authSource !== undefined) parameters.set('authSource', authSource);
  const query = parameters.toString();
  return `${server}/${database}${query === '' ? '' : `?${query}`}`;
}

/** The name of the database in a connection string, undefined when it names none. */
export function databaseOf(uri: string): string | undefined {
  return parse(uri).database || undefined;
}

function parse(uri: string): { server: string; database: string; parameters: URLSearchParams } {
  const match = CONNECTION_STRING.exec(uri);
  if (!match?.[1]) throw new Error('MONGODB_URI must look like mongodb://host:27017/database');
  return { server: match[1], database: match[2] ?? '', parameters: new URLSearchParams(match[3] ?? '') };
}
