import Button, { type ButtonProps } from '@atlaskit/button/new';
import Tooltip from '@atlaskit/tooltip';
import type { Role } from '../../gen/types';
import { useRefusal } from '../page/desk';
import { sentence } from './sentence';

interface OrderButtonProps {
  children: string;
  /** Says which thing it acts on, where the text alone does not. */
  label?: string;
  onClick: () => void;
  appearance?: ButtonProps['appearance'];
  spacing?: ButtonProps['spacing'];
  isLoading?: boolean;
  /** The lowest role that may press it; without it, only administrators of the organization. */
  by?: Role;
  /** Why it cannot be pressed now, beside the reason that the viewer may not press it. */
  disabledBecause?: string | undefined;
}

/** A button that changes something: disabled, with the reason to read, for those who may not. */
export function OrderButton({
  children,
  label,
  onClick,
  appearance,
  spacing,
  isLoading,
  by = 'organizationAdministrator',
  disabledBecause,
}: OrderButtonProps) {
  const readOnly = useRefusal(by);
  const reason = readOnly ?? disabledBecause;
  const name = label ?? children;
  const button = (
    <Button
      {...(appearance && { appearance })}
      {...(spacing && { spacing })}
      isLoading={isLoading ?? false}
      isDisabled={reason !== undefined}
      aria-label={reason ? `${name} (${reason})` : name}
      onClick={onClick}
    >
      {children}
    </Button>
  );
  return reason ? <Tooltip content={sentence(reason)}>{button}</Tooltip> : button;
}
