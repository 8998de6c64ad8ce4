import Button from '@atlaskit/button/new';
import type { Price, ProductFigures } from '../../gen/types';
import { useDesk } from '../page/desk';
import { FilledTable } from '../shown/filled-table';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { peopleOf, seatsOf } from './people-of';
import { productName } from './product-name';
import { money, tiersOf, type Tier } from './tiers';
import './tiers-section.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), width: 30 },
    { key: 'cost', content: say('overview.costNow'), width: 26 },
    { key: 'tier', content: say('overview.nextTier') },
  ],
});

interface TiersSectionProps {
  products: ProductFigures[];
  prices: Price[];
}

/** How many seats fewer reach the next lower tier, and what they cost now. */
export function TiersSection({ products, prices }: TiersSectionProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  return (
    <Section
      title={say('overview.tiers')}
      actions={<Button onClick={() => go({ page: 'settings', part: 'prices' })}>{say('overview.changePrices')}</Button>}
    >
      <FilledTable
        label={say('overview.tiers')}
        head={headOf(say)}
        empty={say('overview.noPrices')}
        rows={tiersOf(products, prices).map((tier) => ({
          key: `${tier.figures.product} ${tier.figures.site}`,
          cells: [
            {
              content: say('overview.productOn', {
                product: productName(tier.figures.product),
                site: tier.figures.site,
              }),
            },
            { content: <CostText tier={tier} /> },
            { content: <TierText tier={tier} /> },
          ],
        }))}
      />
    </Section>
  );
}

/** What the seats cost now; they lead to who takes them, where as many were counted as Atlassian says. */
function CostText({ tier: { figures, taken, price } }: { tier: Tier }) {
  const { viewer } = useDesk();
  const { show, number } = useTexts();
  const cost = money(taken * price.perSeat, price.currency, viewer.locale);
  const seats = taken === figures.seats ? <Link to={seatsOf(figures, 'taken')}>{number(taken)}</Link> : number(taken);
  return <span>{show('overview.aMonth', { cost, seats })}</span>;
}

/** How far it is to the tier below, and who could go there. */
function TierText({ tier: { figures, taken, edge } }: { tier: Tier }) {
  const { say } = useTexts();
  if (edge === undefined) return <>{say('overview.lowestTier')}</>;
  return (
    <span className="tier">
      {say('overview.toTier', { count: taken - edge, edge })}
      <Link to={peopleOf(figures, 'idle')}>{say('overview.seeIdle')}</Link>
    </span>
  );
}
