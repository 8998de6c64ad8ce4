import type { Price, ProductFigures } from '../../gen/types';

/** A product everywhere, or on a site with a price of its own. */
export interface PricedPlace {
  product: string;
  site: string | null;
  price: Price | undefined;
  /** Sites of the product that have no price of their own yet; none where this is a site. */
  others: string[];
}

/** Each product that somebody holds, followed by its sites with a price of their own. */
export function pricedPlaces(
  held: readonly Pick<ProductFigures, 'product' | 'site'>[],
  prices: readonly Price[],
): PricedPlace[] {
  const products = [...new Set([...held, ...prices].map(({ product }) => product))];
  return products.flatMap((product) => {
    const own = prices.filter((price) => price.product === product);
    const sites = own.flatMap((price) =>
      price.site === null ? [] : [{ product, site: price.site, price, others: [] }],
    );
    const hosts = held.filter((each) => each.product === product).map(({ site }) => site);
    const others = hosts.filter((host) => !own.some(({ site }) => site === host));
    const everywhere = { product, site: null, price: own.find(({ site }) => site === null), others };
    // A single site has the price of the product.
    return [hosts.length > 1 || sites.length > 0 ? everywhere : { ...everywhere, others: [] }, ...sites];
  });
}
