import { useEffect, type ReactElement } from 'react';

/**
 * Stands in for the package `react-scrolllock` inside Atlaskit's modal dialog (see vite.config.ts). That one puts a style
 * element into the document, which the page's content security policy refuses; this one sets a style through the DOM.
 */
export default function ScrollLock(): null {
  useEffect(() => {
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = 'hidden';
    return () => {
      style.overflow = before;
    };
  }, []);
  return null;
}

/** In the original this lets touches scroll inside the locked page; hiding the overflow leaves them alone. */
export const TouchScrollable = ({ children }: { children: ReactElement }): ReactElement => children;
