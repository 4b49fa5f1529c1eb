import mongoose from 'mongoose';

/** Everything that stands in a database, as text, for tests that look for what must not be there. */
export async function textOf(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const collections = (await connection.db?.collections()) ?? [];
    const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
    return JSON.stringify(documents);
  } finally {
    await connection.close();
  }
}
