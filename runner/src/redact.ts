/** Keeps secrets out of files, logs and the panel. Names decide, and the shapes of well-known tokens. */

export const REDACTED = "<redacted>";

/** `TOKENIZERS_PARALLELISM` is no token. */
const secretName = /TOKEN(?!IZER)|KEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL/iu;

/** Hugging Face, GitHub, OpenAI and Anthropic, AWS. */
const secretShape = /\b(?:hf_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|sk-[\w-]{20,}|AKIA[A-Z0-9]{16})\b/gu;

/** `https://name:password@host` */
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/giu;

/** Of a value shorter than this it isn't tried to find it elsewhere. */
const SHORTEST_SECRET = 8;

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

export function redactedValue(name: string, value: string): string {
  return isSecretName(name) && value !== "" ? REDACTED : redactedText(value);
}

export function redactedEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, redactedValue(name, value)]));
}

/**
 * A command line without its secrets: `--hub_token X`, `--hub_token=X`, and wherever the value of a secret variable stands.
 *
 * @param env the environment that it runs in.
 */
export function redactedArguments(args: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (isSecretName(name) && value.length >= SHORTEST_SECRET ? value : []));
  return args.map((argument, index) => {
    const [, option] = /^--?([\w.-]+)=/u.exec(argument) ?? [];
    if (option !== undefined && isSecretOption(option)) return `${argument.slice(0, argument.indexOf("=") + 1)}${REDACTED}`;
    const [, before] = /^--?([\w.-]+)$/u.exec(args[index - 1] ?? "") ?? [];
    if (before !== undefined && isSecretOption(before) && !argument.startsWith("-")) return REDACTED;
    return redactedText(values.reduce((text, value) => text.replaceAll(value, REDACTED), argument));
  });
}

/** `--max_new_tokens 20`, `--pad_token "<pad>"` and `--sort_key length` are settings of a training, not secrets. */
function isSecretOption(name: string): boolean {
  return /^token$|(?:^|[_.-])(?:(?:hf|hub|auth|access|api|secret|private|wandb|github|bearer)[_.-]?(?:token|key)|secret|password|passwd)$/iu.test(name);
}

function redactedText(text: string): string {
  return text.replace(secretShape, REDACTED).replace(urlPassword, `$1${REDACTED}@`);
}
