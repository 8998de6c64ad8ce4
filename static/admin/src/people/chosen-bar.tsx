import Button from '@atlaskit/button/new';
import { OrderButton } from '../shown/order-button';
import { useTexts } from '../texts/use-texts';
import { MOST_PEOPLE } from './act-dialog';

interface ChosenBarProps {
  shown: number;
  of: number;
  chosen: number;
  onAll: () => void;
  onNone: () => void;
  /** Shows those who are chosen, and nobody else. */
  onOnly: () => void;
  onAct: () => void;
}

/** How many are shown and chosen, and what can be done with them. */
export function ChosenBar({ shown, of, chosen, onAll, onNone, onOnly, onAct }: ChosenBarProps) {
  const { say, number } = useTexts();
  const tooMany = chosen > MOST_PEOPLE ? say('people.tooMany', { most: MOST_PEOPLE }) : undefined;
  return (
    <div className="people-bar">
      <span role="status" aria-live="polite" className="people-count">
        {shown === of ? say('people.count', { count: of }) : say('people.shownOf', { shown: number(shown), count: of })}
        {chosen > 0 && <> · {say('people.chosenCount', { count: chosen })}</>}
      </span>
      <span className="people-orders">
        {chosen > 0 && (
          <>
            <Button appearance="subtle" onClick={onOnly}>
              {say('people.onlyChosen')}
            </Button>
            <Button appearance="subtle" onClick={onNone}>
              {say('people.chooseNone')}
            </Button>
          </>
        )}
        <Button appearance="subtle" isDisabled={shown === 0} onClick={onAll}>
          {say('people.chooseAll', { count: shown })}
        </Button>
        <OrderButton
          appearance="primary"
          by="operator"
          disabledBecause={chosen === 0 ? say('people.chooseFirst') : tooMany}
          onClick={onAct}
        >
          {say('people.act')}
        </OrderButton>
      </span>
    </div>
  );
}
