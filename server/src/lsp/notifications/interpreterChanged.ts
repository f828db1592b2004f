/** `hfPreflight/interpreterChanged`: another interpreter was selected, or may be looked for now. */
import type { Session } from "../session.js";

export function interpreterChanged(session: Session): void {
  session.refresh();
}
