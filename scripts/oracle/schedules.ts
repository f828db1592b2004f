/** Puts what one version said of the generated schedules beside what the others said. */
import { z } from "zod";

const Said = z.strictObject({ version: z.string(), rows: z.array(z.tuple([z.string(), z.string()])) });

export const SchedulesRecording = z.strictObject({
  recorded: z.string(),
  raises: z.literal("x"),
  accepts: z.literal("."),
  arguments: z.array(z.string()),
  /** Version -> one letter per argument set. */
  outcomes: z.record(z.string(), z.string()),
});

/**
 * @param recording the text of schedules.json.
 * @param said what schedules.py printed.
 * @throws Error where it was asked about other argument sets, or met anything but ValueError.
 */
export function withSchedulesOf(recording: string, said: string): { readonly version: string; readonly text: string } {
  const { version, rows } = Said.parse(JSON.parse(said));
  const before = SchedulesRecording.parse(JSON.parse(recording));
  const others = rows.find(([written], index) => written !== before.arguments[index]);
  if (others !== undefined || rows.length !== before.arguments.length) {
    throw new Error(`schedules.py asks about other argument sets than schedules.json holds${others === undefined ? "" : `, first ${others[0]}`}. Record every version anew.`);
  }
  const strange = rows.find(([, exception]) => exception !== "" && exception !== "ValueError");
  if (strange) throw new Error(`transformers ${version} raises ${strange[1]} for ${strange[0]}: only ValueError is a verdict on the schedule.`);
  const letters = rows.map(([, exception]) => (exception === "" ? before.accepts : before.raises)).join("");
  const outcomes = Object.entries({ ...before.outcomes, [version]: letters }).sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
  return { version, text: textOf({ ...before, outcomes: Object.fromEntries(outcomes) }) };
}

/** One argument set per line, so that a change can be read. */
function textOf(recording: z.infer<typeof SchedulesRecording>): string {
  return `${JSON.stringify(recording, null, 1).replace(/^ +/gm, "")}\n`;
}
