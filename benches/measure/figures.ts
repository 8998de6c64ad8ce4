/** What the times of a policy come to. */
import { median, ratio, roundedIf } from './runs.ts';

/** Milliseconds of every run, by who took them. */
export interface Times {
  wasm: number[];
  native: number[];
  closures: number[];
  prepared: number[];
  rulesEngine: number[];
  sql: number[];
}

/** Medians and their ratios; what was not measured is absent. */
export function figures(times: Times): Record<string, number> {
  const [wasm, native] = [median(times.wasm), median(times.native)];
  const [closures, prepared] = [median(times.closures), median(times.prepared)];
  const [rulesEngine, sql] = [median(times.rulesEngine), median(times.sql)];
  return present({
    wasm_ms: roundedIf(wasm),
    native_ms: roundedIf(native),
    js_closures_ms: roundedIf(closures),
    js_prepared_ms: roundedIf(prepared),
    json_rules_engine_ms: roundedIf(rulesEngine),
    sqljs_ms: roundedIf(sql),
    ratio_closures: ratio(closures, wasm),
    ratio_prepared: ratio(prepared, wasm),
    ratio_rules_engine: ratio(rulesEngine, wasm),
    ratio_sqljs: ratio(sql, wasm),
    wasm_over_native: ratio(wasm, native),
  });
}

/** Without the fields that hold nothing. */
export function present(fields: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
