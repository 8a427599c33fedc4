/*
 * runner: executes programs of memory-mapping calls, each in a process of its own, and reports what the kernel did.
 * protocol.txt beside this file describes what it reads and prints.
 */
#ifndef VMACHECK_RUNNER_H
#define VMACHECK_RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE 4096ull
/* The first address that user space cannot have: TASK_SIZE of x86_64 with four-level page tables. */
#define USER_END 0x7ffffffff000ull

enum { MAX_VMAS = 65600, MAX_STEPS = 1 << 18, MAX_FILES = 64, MAX_OWN = 64, MAX_VECTOR = 1 << 20 };
enum { MAX_CONTEXTS = 16, MAX_SLOTS = 256, MAX_PROCESSES = 16 };

/* One VMA as smaps shows it. `text` is its VmFlags, and after a NUL the name of a mapping that is neither anonymous nor one of `files`. */
struct vma {
    uint64_t start, end, offset;
    int file;           /* index into the program's files, or one of the values below */
    char perms[4];
    int length;         /* bytes used of text */
    char text[164];
};
enum { FILE_NONE = -1, FILE_SHMEM = -2, FILE_OTHER = -3 };

struct vma_list {
    size_t count;
    struct vma vmas[MAX_VMAS];
};

enum option {
    WITH_CONTENTS = 1, WITH_COUNTERS = 2, DROP_IPC_LOCK = 4, WITHOUT_FLAGS = 8, WITH_COMMITTED = 0x10, MACHINE_WIDE = 0x20
};

/* The circumstances of the program in hand. */
struct program {
    unsigned options;
    uint64_t timeout_ms;
    uint64_t window_start, window_end;
    bool limit_memlock, limit_as, limit_data, has_max_map_count;
    uint64_t memlock, as, data, max_map_count;
    int contexts;
    uint64_t features[MAX_CONTEXTS];
    int processes;                  /* how many there are when every fork succeeds */
    bool has_heap;
    uint64_t heap;                  /* where the heap area begins */
    int files;
    int fd[MAX_FILES];
    uint64_t inode[MAX_FILES];
};

enum op {
    OP_MMAP, OP_MUNMAP, OP_MPROTECT, OP_MREMAP, OP_MADVISE, OP_MLOCK, OP_MLOCK2, OP_MUNLOCK, OP_MSEAL,
    OP_MSYNC, OP_MINCORE, OP_MLOCKALL, OP_MUNLOCKALL, OP_BRK, OP_SET_LIMIT, OP_SET_CAPABILITY,
    OP_UFFD_REGISTER, OP_UFFD_UNREGISTER, OP_UFFD_CLOSE, OP_FORK, OP_EXIT, OP_LOAD, OP_STORE, OPS
};

/* setLimit's first argument. */
enum { LIMIT_MEMLOCK, LIMIT_AS, LIMIT_DATA, LIMIT_MAX_MAP_COUNT };

/* A step with its references resolved; the order of args is that of the format's table of operations. */
struct step {
    enum op op;
    int process;
    uint64_t args[6];
};

/* What a step gave: 'v' a value, 'e' an errno, 's' a signal. */
struct result {
    char kind;
    uint64_t value;
};

/* What the first process needs to know of a step that was performed. */
struct outcome {
    bool refused;
    struct result result;
    uint64_t leaked;
};

extern struct program program;
extern struct vma_list lists[2];

/* input.c: numbers and words of the line in hand. */
struct cursor {
    const char *at, *end;
};
bool next_line(struct cursor *text, struct cursor *line);
bool next_word(struct cursor *line, struct cursor *word);
bool word_is(struct cursor word, const char *name);
bool take_number(struct cursor *line, uint64_t *number);
uint64_t take_hex(const char **at, const char *end);
bool take_step(struct cursor *line, const struct result *results, size_t index, struct step *step, const char **why);

/* output.c: a buffer that goes to standard output. */
void put_text(const char *text);
void put_bytes(const char *bytes, size_t length);
void put_hex(uint64_t number);
void put_decimal(uint64_t number);
void put_char(char c);
void flush_output(void);

/* observe.c: what /proc says of this process. */
void open_observers(void);
void reopen_observers(void);
bool read_window(struct vma_list *list);
void read_own(void);
uint64_t count_maps(void);
uint64_t mapped_pages(void);
uint64_t mapped_until(uint64_t addr);
extern int status_fd, pagemap_fd, memory_fd;
extern struct vma own[MAX_OWN];
extern size_t own_count;

/* guard.c: why a step must not run here, NULL when it may. leak.c: what the step leaked. */
const char *refused(const struct step *step);
bool fixed_shrink(const uint64_t *args);
uint64_t leaked_pages(const struct step *step, struct result result, const struct vma_list *before);
bool touches_own(uint64_t start, uint64_t end);
uint64_t round_up(uint64_t length);

/* report.c */
void put_difference(const struct vma_list *before, const struct vma_list *after);
void put_contents(const struct vma_list *list);

/* counters.c */
void put_counters(void);

/* limits.c: what decides results and is no mapping: limits, capabilities, where the heap is. -1 and errno as for system calls. */
void limit_at_start(int resource, bool wanted, uint64_t value);
long set_limit(uint64_t resource, uint64_t value);
long set_capability(uint64_t capability, bool on);
long set_max_map_count(uint64_t value);
uint64_t max_map_count(void);
long place_heap(uint64_t start);
bool has_ipc_lock(void);

/* setup.c */
void take_header(struct cursor *line);
void take_context(struct cursor *line);
void take_file(struct cursor *line);
void set_up(void);

/* perform.c */
bool look_first(void);
struct outcome perform(size_t index, const struct step *step, const struct result *done);
void refuse(size_t index, const char *why);
_Noreturn void fail(const char *why);

/* contexts.c: userfaultfd. */
enum { EVENT_FEATURES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 6 };
struct slot {
    int fd;                         /* -1: closed */
    int context, process;
};
extern struct slot slots[MAX_SLOTS];
extern int slot_count;
int open_uffd(uint64_t features, bool *user_mode_only, uint64_t *offered);
int open_contexts(void);
void forget_contexts(void);
bool has_context(int process, uint64_t context);
long use_context(int process, const struct step *step);

/* reader.c: the events of userfaultfd. */
bool start_reader(void);
bool has_reader(void);
void forget_reader(void);
long close_by_reader(int slot);
void put_events(int forked);
/* How the reader ends a program that waits for a page fault to be handled, and the runner one that hangs inside of the kernel. */
#define SIGNAL_WAITS SIGUSR2
#define SIGNAL_LATE SIGUSR1

/* processes.c: forked processes. */
extern int self_number;
bool open_processes(void);
long fork_process(int number);
void await_process(int number);
void tell_end(void);
bool is_alive(int number);
struct outcome perform_elsewhere(size_t index, const struct step *step, const struct result *done);

/* execute.c */
void catch_signals(void);
void put_vector(const struct step *step);
struct result execute(const struct step *step);
bool guarded_load(uint64_t addr, uint64_t *value, int *signal);

/* surroundings.c: the runner's own layout, and what this kernel offers. */
_Noreturn void settle(char **argv, void (*then)(void));
void probe(void);

#endif
