/** Numbers as people read them. The same words in the panel, the trees and the status bar. */

/** `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `512 MiB`, `12.3 GiB`. */
export function formatMib(mib: number): string {
  return mib < 1024 ? `${Math.round(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}

/** `12.3 of 79.6 GiB`; what isn't known is said to be so, and is never 0. */
export function formatUsed(used: number | null, total: number | null): string {
  if (used === null) return total === null ? "memory not available" : `not available of ${formatMib(total)}`;
  if (total === null) return formatMib(used);
  return total < 1024 ? `${Math.round(used)} of ${Math.round(total)} MiB` : `${(used / 1024).toFixed(1)} of ${(total / 1024).toFixed(1)} GiB`;
}

/** Four digits that matter: `2.104`, `5e-5`, `1234`. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2).replace(/\.?0+e/u, "e").replace("e+", "e");
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** `just now`, `5 min ago`, `3 h ago`, else the day. */
export function formatAgo(then: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return then.toISOString().slice(0, 10);
}
