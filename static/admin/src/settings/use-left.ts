import { useEffect, useRef } from 'react';

/** Whether the part of the page that asks is gone: what goes on in steps ends with it. */
export function useLeft(): { readonly current: boolean } {
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  return left;
}
