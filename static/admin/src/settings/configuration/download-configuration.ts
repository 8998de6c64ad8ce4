import { download } from '../../shown/download';
import type { Exported } from './exported';

/** Hands the text to the browser's downloads, as it is: what is imported again is known by its hash. */
export const downloadConfiguration = ({ text, made }: Exported): void =>
  download(`seatkeeper-configuration-${made.slice(0, 10)}.json`, text, 'application/json');
