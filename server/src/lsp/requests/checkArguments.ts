/** `hfPreflight/checkArguments`: what would fail with these arguments on the command line. */
import { commandLineScript, parsedTrainingArguments } from "../../features/commandLineScript.js";
import { checkArgumentsParams } from "../protocol/checkArguments.js";
import type { Session } from "../session.js";

export async function checkArguments({ checker, configurations, documents, environments, knowledge }: Session, sent: unknown): Promise<string[]> {
  const { data } = checkArgumentsParams.safeParse(sent);
  const config = data && (await configurations.of(data.uri));
  const document = data && documents.get(data.uri);
  if (!document || !config || !checker.isChecked(document)) return [];
  await environments.ready(document);
  const className = parsedTrainingArguments(checker.script(document));
  const known = className === undefined ? undefined : knowledge.callable(className)?.allKeywords();
  const text = className !== undefined && known ? commandLineScript(className, data.args, known) : undefined;
  if (text === undefined) return [];
  return checker
    .findingsOf(text, document, config)
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}
