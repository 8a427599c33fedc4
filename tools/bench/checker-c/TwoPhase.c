/* ../specs/TwoPhase.tla with eight participants. */
#define WORDS 2
#include "search.h"

enum { PARTICIPANTS = 8, ALL = (1 << PARTICIPANTS) - 1 };
enum { WORKING, READY, COMMITTED, ABORTED };
enum { OPEN, COMMIT, ABORT };

/*
 * Word 0: two bits for each participant, then two for the decision. Word 1: who is known to be ready, who has said so, and
 * whether "commit" and "abort" were sent.
 */
#define DECISION 16
#define SAID 8
#define SENT_COMMIT (1u << 16)
#define SENT_ABORT (1u << 17)

static uint32_t local(const state *s, int p) { return s->w[0] >> (2 * p) & 3; }

static void give(const state *s, int p, uint32_t value, uint32_t sent) {
  state n = *s;
  n.w[0] = (n.w[0] & ~(3u << (2 * p))) | value << (2 * p);
  n.w[1] |= sent;
  found(&n);
}

static void expand(const state *s) {
  uint32_t open = (s->w[0] >> DECISION & 3) == OPEN;
  if (open && (s->w[1] & ALL) == ALL) found(&(state){{s->w[0] | COMMIT << DECISION, s->w[1] | SENT_COMMIT}});
  if (open) found(&(state){{s->w[0] | ABORT << DECISION, s->w[1] | SENT_ABORT}});
  for (int p = 0; p < PARTICIPANTS; p++) {
    if (open && (s->w[1] >> (SAID + p) & 1)) found(&(state){{s->w[0], s->w[1] | 1u << p}});
    if (local(s, p) == WORKING) {
      give(s, p, READY, 1u << (SAID + p));
      give(s, p, ABORTED, 0);
    }
    if (s->w[1] & SENT_COMMIT) give(s, p, COMMITTED, 0);
    if (s->w[1] & SENT_ABORT) give(s, p, ABORTED, 0);
  }
}

/* Consistent; TypeOK holds by the layout but for the decision. */
static int holds(const state *s) {
  int aborted = 0, committed = 0;
  for (int p = 0; p < PARTICIPANTS; p++) {
    aborted |= local(s, p) == ABORTED;
    committed |= local(s, p) == COMMITTED;
  }
  return !(aborted && committed) && (s->w[0] >> DECISION & 3) <= ABORT;
}

int main(void) { return search(&(state){{0, 0}}); }
