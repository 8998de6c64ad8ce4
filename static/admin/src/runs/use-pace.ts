import { useEffect, useState } from 'react';
import { paceOf, withLook, type Look, type Pace } from './pace';

/** How fast a run goes, from what this page has seen of it. */
export function usePace(settled: number, steps: number): Pace | undefined {
  const [looks, setLooks] = useState<Look[]>([]);
  useEffect(() => {
    const frame = requestAnimationFrame((at) => setLooks((last) => withLook(last, { at, settled })));
    return () => cancelAnimationFrame(frame);
  }, [settled]);
  return paceOf(looks, steps);
}
