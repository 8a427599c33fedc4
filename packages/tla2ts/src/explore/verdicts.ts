/**
 * Remembers the verdict of a predicate that depends on one word only. A variable has far fewer values than there are
 * states, so most tests of an invariant become an array access.
 */

const unknown = 0;
const yes = 1;

/** Verdicts by the number of a node (see value-table.ts). */
export class Verdicts {
  private known = new Uint8Array(1024);

  /** The verdict for a value that is a node; `compute` is asked once for each. */
  of(node: number, compute: () => boolean): boolean {
    if (node >= this.known.length) {
      const larger = new Uint8Array(Math.max(node + 1, this.known.length * 2));
      larger.set(this.known);
      this.known = larger;
    }
    if (this.known[node] === unknown) {
      if (!compute()) return false;
      this.known[node] = yes;
    }
    return true;
  }
}
