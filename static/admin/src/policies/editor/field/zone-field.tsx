import { ChoiceInput, type Option } from './choice-field';
import type { Json } from '../../json';

interface ZoneInputProps {
  label: string;
  path: string;
  value: Json | undefined;
  onChange: (zone: string) => void;
}

/** The zone in which days begin; UTC where none is named. */
export function ZoneInput({ value, ...field }: ZoneInputProps) {
  return <ChoiceInput {...field} value={typeof value === 'string' ? value : 'UTC'} options={zones()} />;
}

let known: Option[] | undefined;

/** The time zones that this browser knows; whether one may be used, the core says. */
function zones(): Option[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone,
  }));
  return known;
}
