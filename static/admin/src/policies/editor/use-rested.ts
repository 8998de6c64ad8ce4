import { useEffect, useState } from 'react';

/** How long typing must rest before the app is asked, in milliseconds. */
const REST = 600;

/** A text as it was when typing rested last. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
