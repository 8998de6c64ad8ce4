import type { Notices, ProductFigures, Reports, SeatThreshold } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { placeText } from './reports-text';
import { isShare } from './share-answer';

interface ThresholdDialogProps {
  notices: Notices;
  reports: Reports;
  place: Pick<ProductFigures, 'product' | 'site'>;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  percent?: string;
  used?: string;
}

/** The core refuses more. */
const MOST_SEATS = 1_000_000;

/** From where on the seats of a product on a site are told, in place of what holds for every one. */
export function ThresholdDialog({ notices, reports, place: { product, site }, onDone, onClose }: ThresholdDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const all = reports.seatThresholds ?? [];
  const before = all.find((own) => own.product === product && own.site === site);
  const name = placeText({ product, site }, say);
  const save = async (own?: SeatThreshold) => {
    const others = all.filter((other) => other !== before);
    const changed = { ...reports, seatThresholds: own ? [...others, own] : others };
    if (!(await order.give<'setNotices'>({ command: 'setNotices', notices: { ...notices, reports: changed } }))) return;
    backend.announce(say('reports.thresholdChanged', { place: name }));
    onDone();
  };
  const change = ({ percent = '', used = '' }: Values) =>
    save({
      product,
      site,
      percent: percent.trim() ? Number(percent) : null,
      used: used.trim() ? Number(used) : null,
    });
  return (
    <FormDialog<Values>
      title={say('reports.changeThresholdOf', { place: name })}
      send={say('settings.save')}
      instead={before && { text: say('reports.asForAll'), onSend: () => void save() }}
      order={order}
      onSend={(values) => void change(values)}
      onClose={onClose}
    >
      <TextQuestion
        name="percent"
        label={say('reports.seatsPercent')}
        help={say('reports.seatsHelp')}
        form={{ fits: isShare, wrong: say('reports.seatsWrong') }}
        maxLength={3}
        defaultValue={String((before ? before.percent : reports.seatsPercent) ?? '')}
      />
      <NumberQuestion
        name="used"
        label={say('reports.seatsUsed')}
        help={say('reports.thresholdUsedHelp')}
        min={1}
        max={MOST_SEATS}
        defaultValue={before ? before.used : (reports.seatsUsed ?? null)}
      />
    </FormDialog>
  );
}
