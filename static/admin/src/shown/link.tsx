import type { MouseEvent, ReactNode } from 'react';
import { useDesk } from '../page/desk';
import { pathOf, type Route } from '../page/route';
import './link.css';

/** A link to another place of the page. */
export function Link({ to, children }: { to: Route; children: ReactNode }) {
  const { go } = useDesk();
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    go(to);
  };
  return (
    <a className="link" href={`#${pathOf(to)}`} onClick={follow}>
      {children}
    </a>
  );
}
