import type { Document } from 'mongodb';

/** A listing as `GET /products` shows it. */
export function cardOf(listing: Document): object {
  const { currency, store } = listing;
  return {
    id: listing['_id'],
    slug: listing['slug'],
    name: listing['name'],
    brand: listing['brand'],
    categoryId: listing['categoryId'],
    store: { id: store.id, name: store.name, slug: store.slug },
    image: listing['image'],
    priceRange: { min: { amount: listing['priceMin'], currency }, max: { amount: listing['priceMax'], currency } },
    variants: (listing['variants'] as Document[]).map((variant) => ({
      id: variant['variantId'],
      sku: variant['sku'],
      options: variant['options'],
      price: variant['price'],
      compareAtPrice: variant['compareAtPrice'],
      inStock: variant['inStock'],
    })),
    inStock: listing['inStock'],
    ratingAverage: listing['ratingAverage'],
    ratingCount: listing['ratingCount'],
    soldCount: listing['soldCount'],
    createdAt: listing['createdAt'],
  };
}

/** A product as `GET /products/:slug` shows it; `createdAt` is in its id, which the limit does not read. */
export function productOf(product: Document, createdAt: string): object {
  const store = product['store'];
  const variants = (product['variants'] as Document[]).map((variant) => ({
    id: variant['variantId'],
    sku: variant['sku'],
    options: variant['options'],
    price: variant['price'],
    compareAtPrice: variant['compareAtPrice'],
    weightGrams: variant['weightGrams'],
    barcode: variant['barcode'],
    image: variant['image'],
    requiresShipping: variant['requiresShipping'],
    inStock: variant['availability'].inStock,
  }));
  return {
    id: product['_id'],
    slug: product['slug'],
    name: product['name'],
    description: product['description'],
    brand: product['brand'],
    categoryId: product['categoryId'],
    categoryPath: product['categoryPath'],
    tags: product['tags'],
    images: (product['images'] as Document[]).map(({ url, alt }) => ({ url, alt })),
    attributes: product['attributes'],
    store: { id: store.id, name: store.name, slug: store.slug },
    variants,
    inStock: variants.some((variant) => variant.inStock),
    ratingAverage: product['ratingAverage'],
    ratingCount: product['ratingCount'],
    soldCount: product['soldCount'],
    createdAt,
  };
}
