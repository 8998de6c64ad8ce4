import { IconButton } from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import CrossIcon from '@atlaskit/icon/core/cross';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTexts } from '../texts/use-texts';
import { icon } from './icon';
import './side-panel.css';

interface SidePanelProps {
  title: string;
  /** Another subject takes the focus again. */
  subject: string;
  children: ReactNode;
  onClose: () => void;
}

/** Details beside a list, which can still be used: Escape closes it, and the focus goes back to where it came from. */
export function SidePanel({ title, subject, children, onClose }: SidePanelProps) {
  const { say } = useTexts();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [subject]);

  return (
    <div
      ref={panel}
      className="side-panel"
      role="dialog"
      aria-modal="false"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="side-panel-head">
        <Heading size="medium" as="h2" id={id}>
          {title}
        </Heading>
        <IconButton icon={icon(CrossIcon)} label={say('shown.closePanel')} appearance="subtle" onClick={onClose} />
      </header>
      {/* A long panel is scrolled with the keyboard, too. */}
      <div className="side-panel-body" tabIndex={0} role="region" aria-labelledby={id}>
        {children}
      </div>
    </div>
  );
}
