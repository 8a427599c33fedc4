/* ../specs/PaxosCommit.tla with two managers, three acceptors of which any two are a majority, and the ballots 0 and 1. */
#define WORDS 6
#include "search.h"

enum { MANAGERS = 2, ACCEPTORS = 3, BALLOTS = 2 };
enum { WORKING, PREPARED, COMMITTED, ABORTED };
/* Votes; NO_BALLOT stands for -1, ballots for themselves plus 1. */
enum { VOTE_PREPARED, VOTE_ABORTED, NO_VOTE };
enum { NO_BALLOT };

static const int majorities[3][2] = {{0, 1}, {0, 2}, {1, 2}};

/*
 * Word 0: two bits for each manager. Words 1 to 5: a bit for each message. In the upper halves of words 0 and 5, one for each manager: five bits for
 * each acceptor, promised (1), ballot + 1 (2), vote (2).
 */
static const int known_word[MANAGERS] = {0, 5};
static int known_at(int a) { return 16 + 5 * a; }
static uint32_t known_to(const state *s, int m, int a) { return s->w[known_word[m]] >> known_at(a) & 31; }

static uint32_t local(const state *s, int m) { return s->w[0] >> (2 * m) & 3; }

/* Numbers of messages. */
enum {
  FROM_1B = MANAGERS,
  FROM_2A = FROM_1B + MANAGERS * BALLOTS * 3 * 3 * ACCEPTORS,
  FROM_2B = FROM_2A + MANAGERS * BALLOTS * 2,
  COMMIT = FROM_2B + MANAGERS * BALLOTS * 2 * ACCEPTORS,
  ABORT
};

static int msg_1a(int m) { return m; }
static int msg_1b(int m, int promised, int ballot, int vote, int a) {
  return FROM_1B + (((m * BALLOTS + promised) * 3 + ballot) * 3 + vote) * ACCEPTORS + a;
}
static int msg_2a(int m, int b, int vote) { return FROM_2A + (m * BALLOTS + b) * 2 + vote; }
static int msg_2b(int m, int b, int vote, int a) { return FROM_2B + ((m * BALLOTS + b) * 2 + vote) * ACCEPTORS + a; }

static int sent(const state *s, int i) { return s->w[1 + (i >> 5)] >> (i & 31) & 1; }
static void send(state *s, int i) { s->w[1 + (i >> 5)] |= 1u << (i & 31); }

static void give(const state *s, int m, uint32_t value, int message) {
  state n = *s;
  n.w[0] = (n.w[0] & ~(3u << (2 * m))) | value << (2 * m);
  if (message >= 0) send(&n, message);
  found(&n);
}

static void propose(const state *s, int m, int b) {
  for (int vote = 0; vote < 2; vote++) if (sent(s, msg_2a(m, b, vote))) return;
  for (int i = 0; i < 3; i++) {
    int heard[2] = {0, 0}, latest = -1, vote = VOTE_ABORTED;
    for (int j = 0; j < 2; j++) {
      for (int ballot = 0; ballot < 3; ballot++) {
        for (int v = 0; v < 3; v++) {
          if (!sent(s, msg_1b(m, b, ballot, v, majorities[i][j]))) continue;
          heard[j] = 1;
          if (ballot > latest) {
            latest = ballot;
            if (ballot != NO_BALLOT) vote = v;
          }
        }
      }
    }
    if (!heard[0] || !heard[1]) continue;
    state n = *s;
    send(&n, msg_2a(m, b, vote));
    found(&n);
  }
}

/* In how many ways TLC finds that a vote was chosen. */
static int chosen(const state *s, int m, int vote) {
  int ways = 0;
  for (int b = 0; b < BALLOTS; b++) {
    for (int i = 0; i < 3; i++) {
      ways += sent(s, msg_2b(m, b, vote, majorities[i][0])) && sent(s, msg_2b(m, b, vote, majorities[i][1]));
    }
  }
  return ways;
}

static void decide(const state *s) {
  int commits = 1, aborts = 0;
  for (int m = 0; m < MANAGERS; m++) {
    commits *= chosen(s, m, VOTE_PREPARED);
    aborts += chosen(s, m, VOTE_ABORTED);
  }
  state n = *s;
  send(&n, COMMIT);
  while (commits-- > 0) found(&n);
  n = *s;
  send(&n, ABORT);
  while (aborts-- > 0) found(&n);
}

static void learn(const state *s, int m, int a, uint32_t known, int message) {
  state n = *s;
  uint32_t *word = &n.w[known_word[m]];
  *word = (*word & ~(31u << known_at(a))) | known << known_at(a);
  send(&n, message);
  found(&n);
}

static void answer(const state *s, int m, int a) {
  uint32_t known = known_to(s, m, a);
  uint32_t promised = known & 1, ballot = known >> 1 & 3, vote = known >> 3;
  if (promised < 1 && sent(s, msg_1a(m))) {
    learn(s, m, a, (known & ~1u) | 1, msg_1b(m, 1, (int)ballot, (int)vote, a));
  }
  for (uint32_t b = promised; b < BALLOTS; b++) {
    for (int v = 0; v < 2; v++) {
      if (sent(s, msg_2a(m, (int)b, v))) learn(s, m, a, b | (b + 1) << 1 | (uint32_t)v << 3, msg_2b(m, (int)b, v, a));
    }
  }
}

static void expand(const state *s) {
  for (int m = 0; m < MANAGERS; m++) {
    if (local(s, m) == WORKING) {
      give(s, m, PREPARED, msg_2a(m, 0, VOTE_PREPARED));
      give(s, m, ABORTED, msg_2a(m, 0, VOTE_ABORTED));
    }
    if (sent(s, COMMIT)) give(s, m, COMMITTED, -1);
    if (sent(s, ABORT)) give(s, m, ABORTED, -1);
    state n = *s;
    send(&n, msg_1a(m));
    found(&n);
    propose(s, m, 1);
    for (int a = 0; a < ACCEPTORS; a++) answer(s, m, a);
  }
  decide(s);
}

/* Consistent; the layout has room for one vote and one ballot too many, which TypeOK forbids. */
static int holds(const state *s) {
  int aborted = 0, committed = 0;
  for (int m = 0; m < MANAGERS; m++) {
    aborted |= local(s, m) == ABORTED;
    committed |= local(s, m) == COMMITTED;
    for (int a = 0; a < ACCEPTORS; a++) {
      uint32_t known = known_to(s, m, a);
      if ((known >> 1 & 3) == 3 || known >> 3 == 3) return 0;
    }
  }
  return !(aborted && committed);
}

int main(void) {
  state initial = {{0}};
  for (int m = 0; m < MANAGERS; m++) {
    for (int a = 0; a < ACCEPTORS; a++) initial.w[known_word[m]] |= (uint32_t)NO_VOTE << (known_at(a) + 3);
  }
  return search(&initial);
}
