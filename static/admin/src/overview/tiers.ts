import type { Price, ProductFigures } from '../../gen/types';

/** What is known of a product's price and of the tier below its seats. */
export interface Tier {
  figures: ProductFigures;
  price: Price;
  taken: number;
  /** Where the next lower tier ends; `undefined` where there is none below. */
  edge: number | undefined;
}

/** The price of a product on a site: the site's own, else that of every site. */
export const priceOf = (
  prices: Price[],
  { product, site }: Pick<ProductFigures, 'product' | 'site'>,
): Price | undefined =>
  prices.find((price) => price.product === product && price.site === site) ??
  prices.find((price) => price.product === product && price.site === null);

/** How far each product with a price is from its next lower tier; what Atlassian says is taken counts, where it says. */
export const tiersOf = (products: ProductFigures[], prices: Price[]): Tier[] =>
  products.flatMap((figures) => {
    const price = priceOf(prices, figures);
    if (!price) return [];
    const taken = figures.seatsSaid ?? figures.seats;
    return [{ figures, price, taken, edge: price.tierEdges.findLast((edge) => edge < taken) }];
  });

/** Hundredths of a currency as the viewer's locale writes money. */
export const money = (hundredths: number, currency: string, locale: string): string =>
  (hundredths / 100).toLocaleString(locale, { style: 'currency', currency });
