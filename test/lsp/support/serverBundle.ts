/** The server's bundles that the protocol tests drive. */
import { join } from "node:path";
import { packageFolder } from "../../support/packageFolder.js";

/** The server that ships. */
export const REAL_SERVER = "server/src/main.ts";

/** The same server with the rules of fakeRules.ts. */
export const FAKE_SERVER = "test/lsp/support/fakeServer.ts";

const bundles = new Map<string, Promise<string>>();

/** The bundle's path; built once per test process. */
export function serverBundle(entry: string): Promise<string> {
  let bundle = bundles.get(entry);
  if (!bundle) {
    bundle = packageFolder({ server: entry }).then((dist) => join(dist, "server.js"));
    bundles.set(entry, bundle);
  }
  return bundle;
}
