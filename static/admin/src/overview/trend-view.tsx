import Select from '@atlaskit/select';
import { useState } from 'react';
import type { TrendMonth } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import { productName } from './product-name';
import { placeKey, placesOf, pointsOf } from './trend';
import { TrendChart } from './trend-chart';
import { TrendTable } from './trend-table';
import './trend-view.css';

interface PlaceOption {
  label: string;
  value: string;
}

/** One product's days as lines, and the same in figures beside them. */
export function TrendView({ months }: { months: TrendMonth[] }) {
  const { say } = useTexts();
  const options: PlaceOption[] = placesOf(months).map((place) => ({
    label:
      place.product === '*'
        ? say('overview.allOthers')
        : say('overview.productOn', { product: productName(place.product), site: place.site }),
    value: placeKey(place),
  }));
  const [chosen, setChosen] = useState<PlaceOption>();
  const shown = chosen ?? options[0];
  if (!shown) return null;
  const points = pointsOf(months, shown.value);
  return (
    <div className="trend">
      <label htmlFor="trend-place" className="trend-label">
        {say('overview.trendOf')}
      </label>
      <div className="trend-place">
        <Select<PlaceOption>
          inputId="trend-place"
          options={options}
          value={shown}
          onChange={(option) => option && setChosen(option)}
        />
      </div>
      <div className="trend-both">
        <TrendChart points={points} of={shown.label} />
        <TrendTable points={points} of={shown.label} />
      </div>
    </div>
  );
}
