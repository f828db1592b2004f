// A library's data in the form in which they ship (server/src/knowledge/packedData.ts reads it): a line with everything but the callables, then a line for each.

/** @param data what `server/src/knowledge/data/<library>.json` holds. */
export function packed({ callables, ...rest }) {
  return [JSON.stringify(rest), ...Object.entries(callables).map(([name, data]) => `${name}\t${JSON.stringify(data)}`)].join("\n");
}
