/** What readings cost by the platform's price list, every day of a month, as if nothing were free. */

/** Dollars of Forge's price list of 2026, without the allowance that all customers of an app share each month. */
const list = { gigabyteSecond: 0.000025, gigabyteRead: 0.055, gigabyteWritten: 1.09 };
const daysAMonth = 30;
/** The memory of a function, as the manifest declares it and the platform bills it. */
const gigabytes = 512 / 1024;

/** What one reading used up. */
export interface Usage {
  gigabyteSeconds: number;
  bytesRead: number;
  bytesWritten: number;
}

/** Gigabyte-seconds of invocations, each given in seconds and billed by whole milliseconds. */
export function gigabyteSeconds(invocations: readonly number[]): number {
  // A sum of fractions such as 0.25 + 0.03 must not be billed for the last bit of it.
  const billed = invocations.map((seconds) => Math.ceil(Math.round(seconds * 1e6) / 1e3));
  return (gigabytes * billed.reduce((sum, ms) => sum + ms, 0)) / 1000;
}

/** Dollars a month for one such reading every day. */
export function monthlyPrice({ gigabyteSeconds: used, bytesRead, bytesWritten }: Usage): number {
  const day =
    used * list.gigabyteSecond +
    gigabyte(bytesRead) * list.gigabyteRead +
    gigabyte(bytesWritten) * list.gigabyteWritten;
  return daysAMonth * day;
}

function gigabyte(bytes: number): number {
  return bytes / 1e9;
}
