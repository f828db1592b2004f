/** Python's builtin functions and types: a name that nothing binds is one of these, or it is not known. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  (
    "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate " +
    "eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max " +
    "memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple " +
    "type vars zip __import__ __name__ __file__ NotImplemented Exception ValueError TypeError KeyError ImportError RuntimeError display"
  ).split(" "),
);
