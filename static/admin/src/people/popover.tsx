import Button from '@atlaskit/button/new';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import { useId, useRef, useState, type FocusEvent, type ReactNode } from 'react';
import { icon } from '../shown/icon';
import './popover.css';

interface PopoverProps {
  title: string;
  children: ReactNode;
}

/** A button with choices below it; they go away with the focus, and with Escape. */
export function Popover({ title, children }: PopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
  };
  return (
    <div
      className="popover"
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setIsOpen(false);
        button.current?.focus();
      }}
    >
      <Button
        ref={button}
        iconAfter={icon(ChevronDownIcon)}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {title}
      </Button>
      {/* A click on nothing in particular must not take the focus out of it. */}
      <div id={id} className="popover-content" role="group" aria-label={title} tabIndex={-1} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
