import type { ReactNode } from 'react';
import './table-orders.css';

/** The buttons at the end of a table's row. */
export function TableOrders({ children }: { children: ReactNode }) {
  return <div className="table-orders">{children}</div>;
}
