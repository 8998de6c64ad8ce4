import type { CoverageLimits } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { useTexts } from '../texts/use-texts';

interface CoverageDialogProps {
  limits: CoverageLimits;
  onChanged: () => void;
  onClose: () => void;
}

type Limit = keyof CoverageLimits;

const ALL = ['usersPercent', 'activityPercent', 'jumpPoints'] as const satisfies Limit[];

/** Changes what a reading must hold. The core says which figures it takes. */
export function CoverageDialog({ limits, onChanged, onClose }: CoverageDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const change = async ({ usersPercent, activityPercent, jumpPoints }: Record<Limit, string>) => {
    const wanted: CoverageLimits = {
      usersPercent: Number(usersPercent),
      activityPercent: Number(activityPercent),
      jumpPoints: Number(jumpPoints),
    };
    if (!(await order.give<'setCoverageLimits'>({ command: 'setCoverageLimits', limits: wanted }))) return;
    backend.announce(say('settings.limitsChanged'));
    onChanged();
  };
  return (
    <FormDialog<Record<Limit, string>>
      title={say('settings.limitsTitle')}
      send={say('settings.changeLimits')}
      order={order}
      failureTitle={say('settings.limitsNotChanged')}
      onSend={(values) => void change(values)}
      onClose={onClose}
    >
      {ALL.map((limit) => (
        <NumberQuestion
          key={limit}
          name={limit}
          label={say(`settings.limit.${limit}`)}
          help={say(`settings.limit.${limit}.help`)}
          isRequired
          min={0}
          max={100}
          defaultValue={limits[limit]}
        />
      ))}
    </FormDialog>
  );
}
