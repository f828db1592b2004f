/** The environments that the recorded outcomes come from: which releases stand beside each other, and what is run with them. */
import { z } from "zod";
import { OracleError } from "./oracleError.js";

/** An exact requirement, so that an outcome can be had again. */
const Pin = z.string().regex(/^[\w.-]+==[\w.]+$/, "a package with its exact version, such as torch==2.7.1");

const Environment = z.strictObject({
  /** What its reader should know: what had to be put up with, or why it is there. */
  note: z.string().optional(),
  /** The heavy packages that it shares with others. */
  base: z.string(),
  /** All that comes on top of the base, with what those need: they are installed without looking for more. */
  packages: z.array(Pin).min(1),
  /** Whose versions are written down with each outcome. */
  libraries: z.array(z.string()).min(1),
  /** Folders of test/oracle/rules, or single rules. */
  rules: z.array(z.string().regex(/^[a-z-]+(?:\/[a-z0-9-]+)?$/)),
  /** Modules that are imported once, before the scripts. */
  preload: z.array(z.string()),
  /** Whether the generated schedules are run too. */
  schedules: z.literal(true).optional(),
});

const Environments = z
  .strictObject({
    /** The Python that has wheels of all of it. */
    python: z.string().regex(/^\d+\.\d+$/),
    notes: z.array(z.string()),
    bases: z.record(z.string(), z.strictObject({ gigabytes: z.number().positive(), packages: z.array(Pin).min(1) })),
    environments: z.record(z.string().regex(/^[a-z-]+-\d+\.\d+(?:\.\d+)?$/, "a library with its version, such as trl-0.19"), Environment),
  })
  .superRefine(({ bases, environments }, context) => {
    for (const [name, { base }] of Object.entries(environments)) {
      if (bases[base] === undefined) context.addIssue({ code: "custom", path: ["environments", name, "base"], message: `there is no base ${base}` });
    }
  });

export type Environment = z.infer<typeof Environment>;
export type Environments = z.infer<typeof Environments>;

/** @throws Error that says what is wrong where. */
export function parseEnvironments(text: string): Environments {
  const { data, error } = Environments.safeParse(JSON.parse(text));
  if (error) throw new Error(`scripts/oracle/environments.json: ${z.prettifyError(error)}`);
  return data;
}

/** The environments of these names; all of them where none is named. A library's name stands for all of its versions. @throws OracleError on a name that none has. */
export function chosenEnvironments({ environments }: Environments, names: readonly string[]): [string, Environment][] {
  const all = Object.entries(environments);
  const isMeant = (name: string, given: string): boolean => name === given || name.replace(/-[\d.]+$/, "") === given;
  const stranger = names.find((given) => !all.some(([name]) => isMeant(name, given)));
  if (stranger !== undefined) throw new OracleError(`There is no environment ${stranger}. There are: ${all.map(([name]) => name).join(", ")}.`);
  return names.length === 0 ? all : all.filter(([name]) => names.some((given) => isMeant(name, given)));
}

/** The recordings (paths below test/oracle/rules) that concern an environment. */
export function recordingsOf({ rules }: Environment, files: readonly string[]): string[] {
  return files.filter((file) => rules.some((rule) => file === `${rule}.json` || file.startsWith(`${rule}/`))).sort();
}
