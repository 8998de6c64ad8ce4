import type { ReactNode } from 'react';

interface FacetGroupProps {
  title: string;
  isOpen: boolean;
  children: ReactNode;
}

/** A part of the filters that can be shut. */
export function FacetGroup({ title, isOpen, children }: FacetGroupProps) {
  return (
    <details className="facet" open={isOpen}>
      <summary>{title}</summary>
      <fieldset>
        <legend className="facet-legend">{title}</legend>
        {children}
      </fieldset>
    </details>
  );
}
