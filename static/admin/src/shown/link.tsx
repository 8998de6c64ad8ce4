import type { MouseEvent, ReactNode } from 'react';
import { useDesk } from '../page/desk';
import { pathOf, type Route } from '../page/route';
import './link.css';

interface LinkProps {
  to: Route;
  /** How it looks, where that is not like a link in a text. */
  className?: string;
  title?: string | undefined;
  /** Whether it leads to where the viewer is. */
  isHere?: boolean;
  /** What else happens when it is followed. */
  onFollow?: () => void;
  children: ReactNode;
}

/** A link to another place of the page. */
export function Link({ to, className = 'link', title, isHere, onFollow, children }: LinkProps) {
  const { go } = useDesk();
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    onFollow?.();
    go(to);
  };
  return (
    <a
      className={className}
      title={title}
      href={`#${pathOf(to)}`}
      aria-current={isHere ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
