import type { Page, PageRequest } from '@daraa/kernel';
import type { Collection, Document, Filter, Sort } from 'mongodb';

/** A list query over one collection: which documents, in which order, and which of their fields. */
export interface PageQuestion<Stored extends Document> {
  readonly filter: Filter<Stored>;
  /** Ends with `_id`, so that no document stands on two pages. */
  readonly sort: Sort;
  readonly projection?: Document;
}

/** Reads one numbered page as plain documents and counts the whole by the index that serves the filter. */
export async function readPage<Stored extends Document, Item>(
  collection: Collection<Stored>,
  { filter, sort, projection }: PageQuestion<Stored>,
  { page, limit }: PageRequest,
  toItem: (document: Stored) => Item,
): Promise<Page<Item>> {
  const skip = (page - 1) * limit;
  const documents = await collection
    .find<Stored>(filter, projection === undefined ? {} : { projection })
    .sort(sort)
    .skip(skip)
    .limit(limit)
    .toArray();
  const isLastPage = documents.length < limit && (documents.length > 0 || page === 1);
  const total = isLastPage ? skip + documents.length : await count(collection, filter);
  return { items: documents.map(toItem), total, page, limit };
}

/** A whole collection is not counted document by document: the server knows how many there are. */
function count<Stored extends Document>(collection: Collection<Stored>, filter: Filter<Stored>): Promise<number> {
  return Object.keys(filter).length === 0 ? collection.estimatedDocumentCount() : collection.countDocuments(filter);
}
