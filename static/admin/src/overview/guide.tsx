import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts';
import './guide.css';

export interface GuideStep {
  title: string;
  text: ReactNode;
  done: boolean;
}

/** The way to the first policy, in order: what is done, what comes next. */
export function Guide({ steps }: { steps: GuideStep[] }) {
  const { say } = useTexts();
  const next = steps.findIndex(({ done }) => !done);
  return (
    <ol className="guide">
      {steps.map(({ title, text, done }, index) => (
        <li key={title} className="guide-step" data-done={done} {...(index === next && { 'aria-current': 'step' })}>
          <span className="guide-number" aria-hidden="true">
            {done ? '✓' : index + 1}
          </span>
          <div className="guide-text">
            <strong>{done ? say('overview.stepDone', { step: title }) : title}</strong>
            <span>{text}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}
