/** Something that the person at the terminal has to see to: the message says what, and a stack trace would only hide it. */
export class OracleError extends Error {}
