/** Pure work on a value done once, however many people get it. */

/** `make`, remembered for as long as its argument lives. */
export const once = <Given extends object, Made>(
  make: (given: Given) => Made,
): ((given: Given) => Made) => {
  const made = new WeakMap<Given, { readonly value: Made }>();
  return (given) => {
    const known = made.get(given) ?? { value: make(given) };
    made.set(given, known);
    return known.value;
  };
};
