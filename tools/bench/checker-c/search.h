/*
 * The design of the checker in C, to measure it against: states of WORDS 32-bit words in one array whose order is that of the breadth-first search, a
 * table of their numbers with open addressing and tags, a load of at most 0.6, parents for traces. Exact; one thread. A specification includes this
 * file and gives `expand` and `holds`.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t w[WORDS]; } state;

static state *states;
static uint32_t *parents, *slots;
static uint32_t size, capacity, bits = 12, current;
static uint64_t generated;

static int holds(const state *s);
static void expand(const state *s);

static uint32_t hash(const state *s) {
  uint32_t h = WORDS;
  for (int i = 0; i < WORDS; i++) {
    h = (h ^ s->w[i]) * 0x9e3779b1u;
    h ^= h >> 15;
  }
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}

static void *need(void *memory) {
  if (memory == NULL) {
    fprintf(stderr, "error: out of memory\n");
    exit(1);
  }
  return memory;
}

static void grow(void) {
  bits++;
  free(slots);
  slots = need(calloc((size_t)1 << bits, sizeof *slots));
  uint32_t mask = ((uint32_t)1 << bits) - 1;
  for (uint32_t i = 0; i < size; i++) {
    uint32_t h = hash(&states[i]), slot = h & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = (h & ~mask) | (i + 1);
  }
}

/* A successor of the current state. */
static void found(const state *s) {
  generated++;
  if (size >= (uint32_t)(0.6 * (double)((uint64_t)1 << bits))) grow();
  uint32_t mask = ((uint32_t)1 << bits) - 1, h = hash(s), slot = h & mask;
  for (uint32_t entry; (entry = slots[slot]) != 0; slot = (slot + 1) & mask) {
    if (((entry ^ h) & ~mask) == 0 && memcmp(&states[(entry & mask) - 1], s, sizeof *s) == 0) return;
  }
  if (size == capacity) {
    capacity *= 2;
    states = need(realloc(states, capacity * sizeof *states));
    parents = need(realloc(parents, capacity * sizeof *parents));
  }
  states[size] = *s;
  parents[size] = current;
  slots[slot] = (h & ~mask) | (++size);
  if (!holds(s)) {
    printf("violated\n");
    exit(1);
  }
}

/* Prints distinct and generated states. */
static int search(const state *initial) {
  capacity = 1 << 12;
  states = need(malloc(capacity * sizeof *states));
  parents = need(malloc(capacity * sizeof *parents));
  slots = need(calloc((size_t)1 << bits, sizeof *slots));
  current = UINT32_MAX;
  found(initial);
  for (current = 0; current < size; current++) {
    state s = states[current];
    expand(&s);
  }
  printf("%" PRIu32 " %" PRIu64 "\n", size, generated);
  return 0;
}
