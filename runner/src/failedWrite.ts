/** What a failed write says of the place that was written to. */

/** @returns why nothing can be written for now, as a clause; undefined where the failure is another one. */
export function noRoomReason(error: unknown): string | undefined {
  switch (codeOf(error)) {
    case "ENOSPC":
      return "the disk is full";
    case "EDQUOT":
      return "the disk quota is used up";
    case "EFBIG":
      return "the file size limit is reached";
    default:
      return undefined;
  }
}

export function isNotThere(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
